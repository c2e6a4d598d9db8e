"""Refusals. Each carries its status; the doors phrase them. Messages are English msgids of the catalogue."""

from typing import Any


class Refused(Exception):
    """The record says no. `message` is a msgid, `values` what it is filled with, `field` the form field it stands beside."""

    status = 409

    def __init__(self, message: str, field: str = "", **values: Any) -> None:
        super().__init__(message % values if values else message)
        self.message, self.field, self.values = message, field, values


class Invalid(Refused):
    """A value that cannot be taken, told beside its field."""

    status = 422


class Unclear(Invalid):
    """What was typed may mean several things: `offers` are (value, words) to choose from."""

    def __init__(self, message: str, field: str, offers: list[tuple[str, str]]) -> None:
        super().__init__(message, field=field)
        self.offers = offers


class Missing(Refused):
    """Not there, or not for this reader: the two look alike."""

    status = 404

    def __init__(self, message: str = "This page is not here") -> None:
        super().__init__(message)


class Forbidden(Refused):
    """There, and seen by this reader, whose role does not reach."""

    status = 403


class SignedOut(Refused):
    """Somebody must sign in first; `back` is where they were."""

    status = 401

    def __init__(self, back: str = "/") -> None:
        super().__init__("Sign in to go on")
        self.back = back


class Stale(Refused):
    """Somebody saved in between. `current` is what stands now, `base` what the writer started from; `version` is that of what stands, its
    own where nothing else is said: it is read after the rollback, which empties rows."""

    status = 409

    def __init__(self, current: Any = None, base: Any = None, *, version: int | None = None) -> None:
        super().__init__("Someone saved while you were writing. Your text is safe.")
        self.current, self.base = current, base
        self.version: int = getattr(current, "version", 0) if version is None else version


class TooMany(Refused):
    """Asked too often; `wait` is the number of seconds until it may be asked again."""

    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__("Too many tries. Wait a few minutes, then try again.")
        self.wait = wait
