"""The three errors that a rule may raise. Anything else is a bug and ends as 500 with an incident id."""


class DomainError(Exception):
    """Base of the three. ``message`` is shown to the person and says what to do."""

    def __init__(self, message: str = "", *, code: str = "") -> None:
        super().__init__(message or code)
        self.message = message
        self.code = code


class NotFound(DomainError):
    """The thing does not exist, or the actor may not know that it does."""


class NotAllowed(DomainError):
    """The actor may see the thing but not do this."""


class RuleBroken(DomainError):
    """A rule refuses. ``code`` is stable (``agenda.month_published``), ``message`` is for people. ``field``:
    the value it is about, so that forms say it beside that field."""

    def __init__(self, code: str, message: str = "", *, field: str = "") -> None:
        super().__init__(message or code, code=code)
        self.field = field


class ChangedMeanwhile(RuleBroken):
    """Somebody else saved the same thing in between; nothing was overwritten."""

    def __init__(self, message: str = "") -> None:
        super().__init__("changed_meanwhile", message)
