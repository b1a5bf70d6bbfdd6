"""The conversations, a file each. Importing this package registers them."""

from handlers.flows import act, invite, language, pick, report, which

__all__ = ["act", "invite", "language", "pick", "report", "which"]
