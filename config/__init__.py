"""Settings, and what a place edits without touching code: texts, taxonomy, deadlines, calendar, the sample town."""
