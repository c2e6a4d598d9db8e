"""The smallest parts of a hand-over brief as plain data: words, evidence, and the names of what it tells of."""

from datetime import date

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    # The schema knows every member there ever was; reading one with more, as a later release may write it, goes on.
    model_config = ConfigDict(extra="ignore", frozen=True, json_schema_extra={"additionalProperties": False})


class Told(Shape):
    """Words, and the language they are in: not always the brief's."""

    text: str
    language: str


class Evidence(Shape):
    """The numbers of the sources that support a claim, and of those that contradict it."""

    pro: tuple[int, ...] = ()
    contra: tuple[int, ...] = ()


class ProposalName(Shape):
    slug: str
    title: Told


class Bundle(Shape):
    """The proposals of one origin: its source, or none for those without; a single proposal is named itself."""

    slug: str
    title: Told
    proposals: int
    only: ProposalName | None = None


class Term(Shape):
    slug: str
    code: str
    state: str
    starts_on: date
    ends_on: date
    trio: tuple[str, ...]

    def name(self, _language: str) -> str:
        return self.state

    @property
    def year(self) -> int:
        return self.starts_on.year

    @property
    def half(self) -> int:
        return 1 if self.starts_on.month < 7 else 2


class About(Shape):
    """Proposals, as briefly as they can be named: whole bundles, then single ones."""

    number: int = 0
    bundles: tuple[Bundle, ...] = ()
    proposals: tuple[ProposalName, ...] = ()
