"""What is wrong with what somebody configured or imported, all of it at once, in words."""


class Mistakes(Exception):
    """One sentence each."""

    def __init__(self, found: list[str]) -> None:
        super().__init__("\n".join(found))
        self.found = found
