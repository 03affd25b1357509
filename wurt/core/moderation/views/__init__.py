"""Pages of moderation: for everybody, and for the desk."""
