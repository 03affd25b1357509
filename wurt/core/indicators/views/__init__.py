"""Pages of figures: for everybody, and for those who enter them."""
