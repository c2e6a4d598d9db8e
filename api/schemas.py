"""What the API says besides the record (relais/export/shapes.py): pages and problems."""

from typing import Generic, TypeVar

from pydantic import Field

from relais.export.claims import Shape

Item = TypeVar("Item")


class Page(Shape, Generic[Item]):
    """Some items of a list, in the order they were recorded, and where the next ones are."""

    items: list[Item]
    next: str | None
    """Address of the next page; null on the last. The `Link` header says the same."""


class Fault(Shape):
    """One thing that is wrong with a request."""

    parameter: str
    detail: str


class Problem(Shape):
    """Why there is no answer (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str
    instance: str
    """Path of the request."""
    errors: list[Fault]
    """One for each wrong parameter; empty where no parameter is to blame."""


class Outdated(Problem):
    """Why a change over something that was changed since was not made."""

    version: int
    """The version that stands now."""
