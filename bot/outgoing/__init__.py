"""The way out: what waits in the outbox, rendered, sent, and what becomes of what cannot be."""
