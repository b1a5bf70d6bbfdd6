"""Figures, scores and reviews, as they are read in a chat."""
