"""Things to put in the record for the export and the API, through the verbs, each in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from models import Actor, Comment, Entry, Group, Move, Person, Position, Presidency, Proposal, Source, Theme
from models.actor import ActorKind
from relais import actors, comments, entries, populations, positions, presidencies, proposals, sources
from relais.actors import ActorForm
from relais.comments import CommentForm
from relais.db import writing
from relais.entries import EntryForm
from relais.populations import PopulationsForm
from relais.positions import PositionForm
from relais.presidencies import PresidencyForm
from relais.proposals import FactsForm, MoveForm, ProposalForm
from relais.sources import SourceForm
from tests.days import NOW

PEOPLE = {
    "germany": 83445, "france": 68402, "italy": 58990, "spain": 48610, "poland": 36621, "romania": 19064, "netherlands": 17943,
    "belgium": 11832, "czechia": 10901, "portugal": 10640, "sweden": 10552, "greece": 10397, "hungary": 9585, "austria": 9159,
    "bulgaria": 6445, "denmark": 5961, "finland": 5604, "slovakia": 5425, "ireland": 5344, "croatia": 3862, "lithuania": 2886,
    "slovenia": 2124, "latvia": 1872, "estonia": 1375, "cyprus": 934, "luxembourg": 672, "malta": 563,
}  # fmt: skip
CODES = {
    "germany": "DE", "france": "FR", "italy": "IT", "spain": "ES", "poland": "PL", "romania": "RO", "netherlands": "NL", "belgium": "BE",
    "czechia": "CZ", "portugal": "PT", "sweden": "SE", "greece": "EL", "hungary": "HU", "austria": "AT", "bulgaria": "BG",
    "denmark": "DK", "finland": "FI", "slovakia": "SK", "ireland": "IE", "croatia": "HR", "lithuania": "LT", "slovenia": "SI",
    "latvia": "LV", "estonia": "EE", "cyprus": "CY", "luxembourg": "LU", "malta": "MT",
}  # fmt: skip


def the_states() -> None:
    """The 27 member states."""
    with writing() as session:
        for slug, code in CODES.items():
            form = ActorForm(kind=ActorKind.MEMBER_STATE, name_fr=f"{slug} fr", name_en=slug.capitalize(), code=code)
            actors.add(session, slug, form, by=None, now=NOW)


def the_people(year: int = 2024) -> None:
    """How many thousands live in each of them, with a source."""
    a_source(f"figures-{year}", title=f"Figures of {year}")
    with writing() as session:
        people = {slug: number * 1000 for slug, number in PEOPLE.items()}
        populations.add(session, PopulationsForm(year=year, source=f"figures-{year}", people=people), by=None, now=NOW)


def a_theme(slug: str) -> None:
    with writing() as session:
        session.add(Theme(slug=slug, name_fr=f"{slug} en français", name_en=f"{slug} in English"))


def a_source(slug: str, **facts: Any) -> Source:
    with writing() as session:
        form = SourceForm(**{"title": f"Title of {slug}", "language": "fr", **facts})
        return sources.add(session, form, by=None, now=NOW, slug=slug)


def an_actor(slug: str, **facts: Any) -> Actor:
    with writing() as session:
        form = ActorForm(**{"kind": ActorKind.ASSOCIATION, "name_fr": f"{slug} fr", "name_en": f"{slug} en", **facts})
        return actors.add(session, slug, form, by=None, now=NOW)


def a_presidency(slug: str, starts: str, ends: str, **facts: Any) -> Presidency:
    """Needs the actor `state` with a code, and the source `decision`."""
    given = {
        "slug": slug,
        "state": "state",
        "starts": starts,
        "ends": ends,
        "trio": ["FR"],
        "legal_basis": "decision",
        "known_on": "2016-07-26",
    }
    with writing() as session:
        return presidencies.add(session, PresidencyForm.model_validate(given | facts), now=NOW)


def a_proposal(slug: str, group: Group, on: str = "2022-06-21", cites: str = "", **facts: Any) -> Proposal:
    """Published on that day, in French."""
    first = {"to": "published", "on": on, "citations": [{"source": cites}] if cites else []}
    text = {"title": f"Titre de {slug}", "summary": "Un résumé.", "body": "Le *corps*."}
    form = ProposalForm.model_validate({"slug": slug, "text": text, "first": first, "facts": FactsForm(**facts)})
    with writing() as session:
        return proposals.add(session, form, group=group, by=None, now=NOW)


def moved(proposal: Proposal, to: str, on: str = "", cites: str = "", **facts: Any) -> Move:
    form = MoveForm.model_validate({"to": to, "on": on, "citations": [{"source": cites}] if cites else [], **facts})
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        move = proposals.move(session, row, form, version=row.version, by=None, now=NOW)
    assert move is not None
    return move


def a_position(proposal: Proposal, actor: str, stance: str = "supports", on: str = "", cites: str = "", **facts: Any) -> Position:
    form = PositionForm.model_validate(
        {"actor": actor, "stance": stance, "on": on, "citations": [{"source": cites}] if cites else [], **facts}
    )
    with writing() as session:
        return positions.record(session, proposal, form, by=None, now=NOW)


def a_corrected_position(proposal: Proposal, old: Position, by: Person, **facts: Any) -> Position:
    with writing() as session:
        return positions.correct(session, proposal, old, PositionForm.model_validate(facts), by=by, now=NOW)


def an_entry(
    key: str, *concerns: Proposal, on: str = "", leads: tuple[Proposal, ...] = (), group_id: int | None = None, **facts: Any
) -> Entry:
    given = {"family": "institutional", "kind": "vote", "on": on, "title_fr": f"Vote {key}", "title_en": f"Vote {key}"} | facts
    with writing() as session:
        form = EntryForm.model_validate(given)
        return entries.add(session, form, concerns=concerns, leads=leads, group_id=group_id, by=None, now=NOW, key=key)


def a_corrected_entry(old: Entry, by: Person, on: str, **facts: Any) -> Entry:
    given = {"family": "institutional", "kind": "vote", "on": on, "title_fr": "Vote", "title_en": "Vote"} | facts
    with writing() as session:
        return entries.correct(session, old, EntryForm.model_validate(given), by=by, now=NOW)


def a_comment(proposal: Proposal, author: Person, body: str, **facts: Any) -> Comment:
    with writing() as session:
        return comments.post(session, proposal, CommentForm(body=body, **facts), by=author, now=NOW)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements an engine runs meanwhile, but those that open and close a transaction."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)
