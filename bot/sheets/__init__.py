"""Ledgers and figures as Excel: headings people read, a filter, frozen headings, nothing that runs."""
