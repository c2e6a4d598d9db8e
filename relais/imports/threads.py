"""Discussions as other platforms keep them, however deep, as threads of two levels in which nothing said is lost.

An answer to an answer stands in the thread of the first, and quotes the beginning of what it answers. One whose parent is not in the file
stands by itself, and says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.imports import Kind
from relais.i18n import LANGUAGES, N_, say
from relais.imports import markup
from relais.imports.rows import Refusal, Row

QUOTED = 200  # characters of what is answered
FOR, AGAINST = N_("For it"), N_("Against it")


@dataclass(frozen=True)
class Said:
    """One comment of a file. `parent` is the id of what it answers, `proposal` may be unknown where the parent knows it; `stance` is one of
    the messages above, or empty."""

    id: str
    where: str
    body: str
    proposal: str = ""
    parent: str = ""
    author: str = ""
    stance: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def rows(comments: Iterable[Said], language: str) -> Iterator[Row | Refusal]:
    """Each comment behind what it answers, otherwise in the order of the file. What the house adds is said in `language`, or in English."""
    tongue = language if language in LANGUAGES else "en"
    by_id: dict[str, Said] = {}
    for one in comments:
        if not one.body:
            yield Refusal(one.where, N_("It says nothing"), "body")
        elif one.id in by_id:
            yield Refusal(one.where, N_("The identifier “%(id)s” is there twice"), "id", {"id": one.id})
        else:
            by_id[one.id] = one
    proposals: dict[str, str] = {}  # of what was given, by id; empty for what was refused
    for one in by_id.values():
        for each in _upwards(one, by_id, proposals):
            yield _row(each, by_id, proposals, tongue)


def _upwards(one: Said, by_id: Mapping[str, Said], given: Mapping[str, str]) -> list[Said]:
    """A comment and all above it that was not given yet, the first of the thread first."""
    line: dict[str, Said] = {}
    while one.id not in given and one.id not in line:
        line[one.id] = one
        if one.parent not in by_id:
            break
        one = by_id[one.parent]
    return list(line.values())[::-1]


def _row(one: Said, by_id: Mapping[str, Said], proposals: dict[str, str], language: str) -> Row | Refusal:
    parent = by_id.get(one.parent)
    taken = parent is not None and proposals.get(parent.id)  # what answers itself, by however many steps, answers nothing here
    proposals[one.id] = one.proposal or taken or ""
    if not proposals[one.id]:
        return Refusal(one.where, N_("It names no proposal, and what it answers was not taken"), "parent")
    body = f"**{say(language, one.stance)}.** {one.body}" if one.stance else one.body
    values = {**one.facts, "proposal": proposals[one.id], "author": one.author}
    if parent is None or not taken:
        missing = say(language, N_("In answer to a comment that is not here (%(id)s):"), id=markup.escaped(one.parent))
        return Row(Kind.COMMENT, one.id, one.where, values | {"body": f"*{missing}*\n\n{body}" if one.parent else body})
    deep = proposals.get(parent.parent)
    return Row(Kind.COMMENT, one.id, one.where, values | {"parent": parent.id, "body": f"{_beginning(parent)}\n\n{body}" if deep else body})


def _beginning(answered: Said) -> str:
    """Who said what is answered, and how it began, as a quotation."""
    words = " ".join(answered.body.replace("\\\n", " ").split())
    cut = words if len(words) <= QUOTED else words[:QUOTED].rsplit(" ", 1)[0] + "…"
    who = f"**{markup.escaped(answered.author)}** " if answered.author else ""
    return markup.quoted(who + cut)
