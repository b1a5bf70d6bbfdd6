"""Words found in the raw text, with their spans: nothing learned, everything listed."""
