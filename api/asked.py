"""What a request asks for, refused when it cannot be meant: parameters are known, well formed and given once."""

import re
from collections import Counter
from datetime import date
from typing import Annotated, Literal

from fastapi import Path, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from models.entry import EntryKind, EntryState, Family
from models.position import Stance
from models.proposal import Level, Stage
from models.search import RecordKind
from models.text import Tongue
from relais.errors import Invalid
from relais.i18n import N_

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(written: object) -> object:
    """Pydantic alone would also take a number of seconds for a date."""
    if isinstance(written, str) and not DAY.fullmatch(written):
        raise ValueError(N_("Write a day as 2022-06-30"))
    return written


Name = Annotated[str, StringConstraints(pattern=NAME, max_length=120)]
Slug = Annotated[str, Path(pattern=NAME, max_length=120, description="The name of the thing in addresses.", examples=["guichet-unique"])]
Day = Annotated[date, BeforeValidator(_day)]
Number = Annotated[int, Path(ge=1, lt=2**31, description="The number of the thing.", examples=[1])]
InTongue = Annotated[Tongue, Path(description="The language of the text.", examples=["fr"])]
KEY = r"^[a-z0-9]+([-~][a-z0-9]+)*$"
Key = Annotated[str, Path(pattern=KEY, max_length=80, description="The key of the entry.", examples=["2022-06-21-vote"])]
AS_OF = Field(
    default=None,
    description="A day in the world: what was surely so by then. From today on, all that is recorded.",
    examples=["2022-06-30"],
)


class Asked(BaseModel):
    """No parameter but those of the route."""

    model_config = ConfigDict(extra="forbid")


class OnADay(Asked):
    as_of: Day | None = AS_OF


class APage(Asked):
    cursor: Annotated[str, StringConstraints(max_length=240)] | None = Field(
        default=None, description="Where to go on: taken from the address of the next page, for the same list and the same filters."
    )
    limit: int = Field(default=25, ge=1, le=100, description="How many items at most.")

    def filters(self) -> dict[str, str]:
        """What chooses the list, in words: everything but the place in it."""
        return {name: str(value) for name, value in self.model_dump(exclude={"cursor", "limit"}).items() if value is not None}


class APageOnADay(APage):
    as_of: Day | None = AS_OF


class SomeProposals(APageOnADay):
    stage: Stage | None = Field(default=None, description="Where they stand: on the day asked about, or now.")
    theme: Name | None = Field(default=None, description="Slug of a theme they have.")
    group: Name | None = Field(default=None, description="Slug of the working group that follows them.")
    level: Level | None = Field(default=None, description="Whom they ask: the Union, or a state.")
    origin: Name | None = Field(default=None, description="Slug of the document they come from.")
    actor: Name | None = Field(
        default=None, description="Slug of an actor with a position on them that stands, on the day asked about, or now."
    )


class SomeEntries(APageOnADay):
    proposal: Name | None = Field(default=None, description="Slug of a proposal they concern.")
    family: Family | None = Field(default=None, description="Of the institutions, of advocacy, or a deadline.")
    kind: EntryKind | None = Field(default=None, description="What happened.")
    state: EntryState | None = Field(default=None, description="Done, planned or cancelled.")
    actor: Name | None = Field(default=None, description="Slug of the actor they were with.")


class SomePositions(APageOnADay):
    proposal: Name | None = Field(default=None, description="Slug of the proposal they are on.")
    actor: Name | None = Field(default=None, description="Slug of the actor whose they are.")
    stance: Stance | None = Field(default=None, description="What they say.")


class SomeMoves(APageOnADay):
    proposal: Name | None = Field(default=None, description="Slug of the proposal that moved.")
    to: Stage | None = Field(default=None, description="The stage they led to.")


class SomeLegs(APage):
    proposal: Name | None = Field(default=None, description="Slug of the proposal.")
    presidency: Name | None = Field(default=None, description="Slug of the presidency that is asked.")


class SomeComments(APage):
    proposal: Name | None = Field(default=None, description="Slug of the proposal they are on.")
    traces: bool | None = Field(default=None, description="Whether to tell also of those that were removed or hidden.")


class SomeNotices(APage):
    unread: bool | None = Field(default=None, description="Whether to leave out what was read.")


class SomeRevisions(APage):
    language: Tongue | None = Field(default=None, description="The language of the text.")


class SomeClaims(APage):
    proposal: Name | None = Field(default=None, description="Slug of the proposal they are on.")


class SomeTasks(APage):
    proposal: Name | None = Field(default=None, description="Slug of the proposal they belong to.")
    group: Name | None = Field(default=None, description="Slug of the working group that follows the proposal.")
    done: bool | None = Field(default=None, description="Whether they are done.")
    mine: bool | None = Field(default=None, description="Whether they are on the holder of the token.")


class After(Asked):
    after: int = Field(default=0, ge=0, lt=2**31, description="The number of the last act seen.", examples=[1200])
    limit: int = Field(default=100, ge=1, le=500, description="How many acts at most.")
    proposal: Name | None = Field(default=None, description="Slug of the proposal they are about.")
    group: Name | None = Field(default=None, description="Slug of the working group they were done in.")


class Words(APage):
    q: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(
        description="What to look for, in any form of the words; in quotes as written.", examples=["communs"]
    )
    kind: RecordKind | None = Field(default=None, description="What it may be.")
    tongue: Literal["fr", "en"] | None = Field(default=None, description="The language it is written in.")
    stage: Stage | None = Field(default=None, description="Where the proposal stands that it is about.")
    theme: Name | None = Field(default=None, description="Slug of a theme of the proposal that it is about.")
    language: Literal["fr", "en"] = Field(default="en", description="The language of names and pages.")


async def once(request: Request) -> None:
    """Refuse a parameter given twice: which one was meant?"""
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        if times > 1:
            raise Invalid("Give this parameter once", field=name)
