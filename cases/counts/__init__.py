"""Figures and assessment: each by a formula that stands here and is shown with it."""
