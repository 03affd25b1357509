"""Pages of notices: for everybody, for staff, and the demo's mail."""
