"""The way in: lanes of updates, and files that are looked at before they go on."""
