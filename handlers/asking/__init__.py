"""Asking and answering: the engine of all conversations, what they look up, and what their commands do."""
