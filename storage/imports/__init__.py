"""Files that come in: units, people, cases, households, turns of duty; all mistakes at once, all or nothing."""
