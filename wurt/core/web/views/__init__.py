"""Views of the page frame: errors, theme, style guide."""
