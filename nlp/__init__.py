"""Words to kinds, matters, urgency and places. Knows the taxonomy, knows no database and no chat."""
