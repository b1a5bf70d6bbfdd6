"""Figures, and the sheets they are taken along in."""
