"""Cases: filed, saved with their history, listed and looked at, each read by a viewer."""
