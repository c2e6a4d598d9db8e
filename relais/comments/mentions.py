"""Who a comment names. What is typed as `@Chiara Conti` is kept as `@{12}`: people are shown as they choose to be now, not as they were."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from models import Comment, Membership, Mention, Person
from relais.db import among, columns, of_many
from relais.errors import Invalid
from relais.i18n import N_
from relais.markdown import render
from relais.rendered import escaped, in_words
from relais.wording import folded

TOKEN = re.compile(r"@\{(\d{1,9})\}")
_MARK = re.compile(r'<b class="mention">@\{(\d{1,9})\}</b>')  # Markdown makes no such tag: nobody can type one
AT_MOST = 8

Named = tuple[int, str]


@dataclass(frozen=True)
class Said:
    """What a comment says as it is kept, as it is shown (the names left to `shown`), and whom it names."""

    body: str
    html: str
    people: frozenset[int]


def members(session: Session, group_id: int) -> list[Any]:
    """Who may be named where the group talks: id, name (empty where they chose none) and role, by name."""
    mine = columns(Person.id, Person.name, Membership.role).join(Membership, col(Membership.person_id) == col(Person.id))
    return sorted(session.execute(mine.where(col(Membership.group_id) == group_id)), key=lambda one: (folded(one.name), one.id))


def offered(people: Iterable[Any], begun: str) -> list[Any]:
    """The first of those with a name that has a word beginning so."""
    wanted = folded(begun.strip())
    return [one for one in people if one.name and f" {wanted}" in f" {folded(one.name)}"][:AT_MOST]


def said(session: Session, group_id: int, typed: str, *, chosen: int | None = None, already: Collection[int] = ()) -> Said:
    """What was typed, its names found. `chosen` is named at its beginning; `already` may be named although they have left.

    Raises Invalid when the one chosen is not in the group.
    """
    if "@" not in typed and chosen is None:
        return Said(typed, render(typed), frozenset())
    people = members(session, group_id)
    if chosen is not None and chosen not in {one.id for one in people}:
        raise Invalid(N_("Choose one from the list"), field="mention")
    body = _kept(typed, people)
    if chosen is not None and f"@{{{chosen}}}" not in body:
        body = f"@{{{chosen}}} {body}"
    known = {one.id for one in people}.union(already)
    named = frozenset(int(key) for key in TOKEN.findall(body)).intersection(known)
    return Said(body, marked(body, named), named)


def previewed(session: Session, group_id: int, typed: str, *, chosen: int | None, nameless: str) -> str:
    """How it will be shown; nothing is kept. Raises Invalid as `said` does."""
    found = said(session, group_id, typed, chosen=chosen)
    names = columns(Person.id, Person.name).where(col(Person.id).in_(found.people))
    return shown(found.html, dict(map(tuple, session.execute(names))) if found.people else {}, nameless)


def marked(body: str, people: Collection[int]) -> str:
    """The HTML of a comment as it is kept, each of these people marked where they are named."""
    mark = {f"@{{{key}}}": f'<b class="mention">@{{{key}}}</b>' for key in people}
    return in_words(render(body), lambda words: TOKEN.sub(lambda found: mark.get(found[0], found[0]), words))


def shown(html: str, names: Mapping[int, str], nameless: str) -> str:
    """The HTML with the names people go by now; `nameless` stands for one who chose none."""
    return _MARK.sub(lambda found: f'<b class="mention">@{escaped(names.get(int(found[1]), "") or nameless)}</b>', html)


def read(session: Session, comment: Comment, nameless: str) -> str:
    """The HTML of one comment with the names people go by now."""
    return shown(comment.body_html, names_of(session, comment.id), nameless) if _MARK.search(comment.body_html) else comment.body_html


def plain(body: str, names: Mapping[int, str], nameless: str) -> str:
    """The Markdown of a comment with the names people go by now."""
    return TOKEN.sub(lambda found: f"@{names[int(found[1])] or nameless}" if int(found[1]) in names else found[0], body)


def typed(session: Session, group_id: int, body: str) -> str:
    """What to type to say the same. Whoever has no name, or shares it, or has left is still named by their number."""
    if not TOKEN.search(body):
        return body
    people = members(session, group_id)
    names = {one.id: one.name for one in people if _kept(f"@{one.name}", people) == f"@{{{one.id}}}"}
    return plain(body, names, "")


def keep(session: Session, comment_id: int, people: Iterable[int]) -> None:
    session.add_all(Mention(comment_id=comment_id, person_id=key) for key in people)


def of(session: Session, ids: Collection[int]) -> dict[int, tuple[Named, ...]]:
    """Whom these comments name or ever named, and the names they go by now."""
    found: dict[int, tuple[Named, ...]] = {}
    for comment_id, key, name in of_many(session, _named, ids):
        found[comment_id] = (*found.get(comment_id, ()), (key, name))
    return found


@lru_cache
def _named(dialect: str) -> Select[Any]:
    query = columns(Mention.comment_id, Mention.person_id, Person.name).join(Person, col(Person.id) == col(Mention.person_id))
    return query.where(among(dialect, col(Mention.comment_id), "ids")).order_by(col(Mention.person_id))


def names_of(session: Session, comment_id: int) -> dict[int, str]:
    return dict(of(session, [comment_id]).get(comment_id, ()))


def _kept(typed: str, people: Sequence[Any]) -> str:
    """Names become numbers; of two that begin alike the longer is meant, of two that are alike the first account."""
    ids = {one.name.casefold(): one.id for one in sorted(people, key=lambda one: -one.id) if one.name}
    if not ids:
        return typed
    any_of = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    naming = re.compile(rf'(?<![\w@])@(?:["“]({any_of})["”]|({any_of})(?!\w))', re.IGNORECASE)

    def number(found: re.Match[str]) -> str:
        key = ids.get((found[1] or found[2]).casefold())
        return f"@{{{key}}}" if key else found[0]

    return naming.sub(number, typed)
