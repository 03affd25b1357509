"""Figures that services and people give month by month."""
