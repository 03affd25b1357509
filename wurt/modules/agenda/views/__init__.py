"""Pages of the agenda. ``public*``: for everybody; ``desk*``: for staff."""
