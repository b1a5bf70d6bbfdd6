"""What stands in people's words and needs no learning: moments, numerals, telephone numbers, and sameness."""
