"""The conversations, a file each. Importing this package registers them."""

from handlers.flows import act, bind, here, invite, language, pick, report, which

__all__ = ["act", "bind", "here", "invite", "language", "pick", "report", "which"]
