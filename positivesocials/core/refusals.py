"""What a service says when it will not do something. The Refusals middleware turns each into an answer."""


class Refused(Exception):
    """A rule said no. Carries one translated sentence that a member can act on."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotThere(Refused):
    """Absent, not allowed and blocked are one answer, so that nobody can tell them apart."""

    def __init__(self) -> None:
        super().__init__("not there")


class TooMany(Refused):
    """A rate limit was reached. `retry_after` is in seconds."""

    status = 429

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
