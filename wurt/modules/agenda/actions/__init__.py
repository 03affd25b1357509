"""The only writers of the agenda, one file per noun. ``steps`` holds what several actions share."""
