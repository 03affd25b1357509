"""Pages of assisted mode: the desk of staff, the mode itself, one's own mandates."""
