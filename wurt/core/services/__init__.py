"""Stage and operator of every service, per place and day."""
