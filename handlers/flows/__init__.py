"""The conversations, a file each. Importing this package registers them."""

from handlers.flows import act, here, invite, language, pick, report, which

__all__ = ["act", "here", "invite", "language", "pick", "report", "which"]
