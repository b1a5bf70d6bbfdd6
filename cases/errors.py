"""The three errors of wangge. Everything that goes wrong is one of them, and each has one way out."""


class Refused(Exception):
    """The person may not, or need not. `key` names the sentence that tells them why (config/locale)."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class Transient(Exception):
    """It may well work later: a busy database, a slow network. Tried again, with growing pauses."""

    def __init__(self, why: str, retry_after: float | None = None) -> None:
        """`retry_after` in seconds, where the other side named it."""
        super().__init__(why)
        self.retry_after = retry_after


class Bug(Exception):
    """Ours: what happened must not be able to happen. Dead-lettered with its cause, and the operator is told."""
