"""Shapes of input on the desk, one file per noun."""
