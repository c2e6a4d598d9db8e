"""What an act put on record: who took which position, what is dated when, why a stage changed. Rows that are never changed."""

from collections.abc import Callable, Collection, Iterable

from sqlmodel import Session, col, select

from models import Actor, Entry, Move, Position, Proposal
from models.dated import Dated
from models.event import EventKind
from models.topic import NewsKind, news_of
from relais import i18n
from relais.access import VISITOR, visible_entries, visible_positions
from relais.activity import Act
from relais.i18n import said
from relais.words import Words

Facts = Iterable[tuple[int, str]]


def of(session: Session, language: str, acts: Collection[Act]) -> dict[int, str]:
    """In one sentence, by event; one query for each kind of row. Nothing for a row a visitor may not see."""
    found: dict[int, str] = {}
    for news, read in _READ.items():
        rows = {act.id: int(act.subject_id) for act in acts if news_of(act.kind) is news and act.kind is not EventKind.PROPOSAL_ADDED}
        told = dict(read(session, Words(language), set(rows.values()))) if rows else {}
        found |= {event: told[row] for event, row in rows.items() if told.get(row)}
    leads = (act.id for act in acts if act.details.get("lead") and act.id in found)
    return found | {event: f"{i18n.say(language, 'Lead to check.')} {found[event]}" for event in leads}


def _moves(session: Session, words: Words, ids: set[int]) -> Facts:
    for move in session.exec(select(Move).where(col(Move.id).in_(ids))):
        yield move.id, ". ".join(filter(None, (_day(move, words), said(move, "reason", words.language)[0])))


def _positions(session: Session, words: Words, ids: set[int]) -> Facts:
    rows = select(Position, Actor).join(Actor, col(Actor.id) == col(Position.actor_id)).join(Proposal)
    for position, actor in session.exec(rows.where(col(Position.id).in_(ids), visible_positions(VISITOR))):
        taken = f"{actor.name(words.language)}{words.colon} {words.word(position.stance).lower()}"
        note, _ = said(position, "note", words.language)
        yield position.id, ". ".join(filter(None, (", ".join(filter(None, (taken, _day(position, words)))), note)))


def _entries(session: Session, words: Words, ids: set[int]) -> Facts:
    for entry in session.exec(select(Entry).where(col(Entry.id).in_(ids), visible_entries(VISITOR))):
        state = words.word(entry.state).lower() if entry.state.value != "done" else ""
        kind = ", ".join(filter(None, (words.word(entry.kind), state, _day(entry, words))))
        yield entry.id, f"{kind}{words.colon} {said(entry, 'title', words.language)[0]}"


def _day(row: Dated, words: Words) -> str:
    return i18n.partial(row.when(), words.language) if row.effective_on else ""


_READ: dict[NewsKind, Callable[[Session, Words, set[int]], Facts]] = {
    NewsKind.STAGE: _moves,
    NewsKind.POSITIONS: _positions,
    NewsKind.ENTRIES: _entries,
}
