"""Working time, declared hours, and how long each step may take."""
