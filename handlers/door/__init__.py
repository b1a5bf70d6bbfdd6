"""The way of what comes in: a tap, a command, a reply, an open question, or something new."""
