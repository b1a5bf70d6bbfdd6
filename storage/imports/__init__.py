"""Units and people from CSV: all mistakes at once with their line numbers, all or nothing."""
