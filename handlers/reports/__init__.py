"""From words to a case: reports, danger, and many reports of one thing."""
