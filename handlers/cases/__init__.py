"""Cases in a chat: what is done to them, and how they look as cards and in lists."""
