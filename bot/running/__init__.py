"""Houses that run: as configured, as a demo, as a replay of old messages, and what is checked before."""
