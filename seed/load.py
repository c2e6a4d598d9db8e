"""Puts the content in through the verbs, so that the ledger is true. What is there already is left alone: twice changes nothing."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from babel import Locale
from sqlmodel import Session, col, select

from models import Actor, Entry, Group, Population, Position, Presidency, Proposal, Source, Theme
from models.dated import dates
from models.partial_date import PartialDate
from relais import actors, answers, entries, groups, populations, positions, presidencies, proposals, sources, texts
from relais.actors import ActorForm
from relais.answers import AnswerForm
from relais.entries import EntryForm
from relais.groups import GroupForm
from relais.populations import PopulationsForm
from relais.positions import PositionForm
from relais.presidencies import PresidencyForm
from relais.proposals import FactsForm, MoveForm, ProposalForm
from relais.sources import SourceForm
from relais.texts import TextForm
from seed import toml_files as content
from seed.toml_files import Row

# The 24 official languages of the Union: the names of member states are stored in each.
EU_LANGUAGES = [
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "fi",
    "fr",
    "ga",
    "hr",
    "hu",
    "it",
    "lt",
    "lv",
    "mt",
    "nl",
    "pl",
    "pt",
    "ro",
    "sk",
    "sl",
    "sv",
]


def empty(session: Session) -> bool:
    return session.exec(select(Proposal.id).limit(1)).first() is None


def load(session: Session, now: datetime) -> Counter[str]:
    """Add what is missing and count it by noun. Raises the verbs' refusals: wrong content is not half loaded."""
    added: Counter[str] = Counter()
    for noun, put in STEPS.items():
        added[noun] = put(session, now)
    return added


def _groups(session: Session, now: datetime) -> int:
    missing = _missing(session, Group, content.rows("group"))
    for row in missing:
        groups.found(session, GroupForm(**row), now=now)
    return len(missing)


def _themes(session: Session, _now: datetime) -> int:
    missing = _missing(session, Theme, content.rows("theme"))
    session.add_all(Theme(**row) for row in missing)
    session.flush()
    return len(missing)


def _sources(session: Session, now: datetime) -> int:
    missing = _missing(session, Source, content.rows("source"))
    for row in missing:
        renamed = {"retrieved_on": row.get("retrieved"), **{k: v for k, v in row.items() if k not in ("slug", "retrieved")}}
        sources.add(session, SourceForm(**renamed), by=None, now=now, slug=row["slug"])
    return len(missing)


def _states(session: Session, now: datetime) -> int:
    missing = _missing(session, Actor, content.rows("state"))
    for row in missing:
        names = {tongue: Locale.parse(tongue).territories[row["territory"]] for tongue in EU_LANGUAGES}
        form = ActorForm.model_validate({"kind": "member_state", "code": row["code"], "name_fr": names["fr"], "name_en": names["en"]})
        actors.add(session, row["slug"], form, by=None, now=now, names=names)
    return len(missing)


def _actors(session: Session, now: datetime) -> int:
    missing = _missing(session, Actor, content.rows("actor"))
    for row in missing:
        actors.add(session, row["slug"], ActorForm(**_but(row, "slug")), by=None, now=now)
    return len(missing)


def _populations(session: Session, now: datetime) -> int:
    known = set(session.exec(select(Population.year).distinct()).all())
    missing = [row for row in content.rows("population") if row["year"] not in known]
    return sum(populations.add(session, PopulationsForm(**row), by=None, now=now) for row in missing)


def _presidencies(session: Session, now: datetime) -> int:
    missing = _missing(session, Presidency, content.rows("presidency", "presidencies"))
    for row in missing:
        presidencies.add(session, PresidencyForm(**row), now=now)
    return len(missing)


def _proposals(session: Session, now: datetime) -> int:
    files = list(content.proposals())
    missing = _missing(session, Proposal, files)
    for row in missing:
        _proposal(session, row, now)
    return len(missing)


def _proposal(session: Session, row: Row, now: datetime) -> None:
    group = groups.find(session, row["group"])
    known = ("level", "themes", "origin", "instrument_fr", "instrument_en", "procedure")
    facts = FactsForm(rank=row["order"], **{name: row[name] for name in known if name in row})
    first, *later = (MoveForm(**move) for move in row["move"])
    original = row["original_language"]
    form = ProposalForm(slug=row["slug"], original_language=original, facts=facts, text=TextForm(**row["texts"][original]), first=first)
    proposal = proposals.add(session, form, group=group, by=None, now=now)
    for language in row["texts"].keys() - {original}:
        texts.save(session, proposal, language, TextForm(**row["texts"][language]), base=0, by=None, now=now)
    for move in later:
        proposals.move(session, proposal, move, version=proposal.version, by=None, now=now)


def _entries(session: Session, now: datetime) -> int:
    known = set(session.exec(select(Entry.key)).all())
    missing = [row for row in content.rows("entry", "entries") if row["key"] not in known]
    by_slug = {row.slug: row for row in session.exec(select(Proposal)).all()}
    for row in missing:
        form = EntryForm(kind=row["type"], **_but(row, "key", "type", "proposals", "leads", "answers"))
        concerns, leads = ([by_slug[slug] for slug in row.get(part, [])] for part in ("proposals", "leads"))
        entry = entries.add(session, form, concerns=concerns, leads=leads, by=None, now=now, key=row["key"])
        for said in row.get("answers", []):
            answer = AnswerForm(entry=entry.key, **_but(said, "proposal"))
            answers.link(session, by_slug[said["proposal"]], entry, answer, seen="", by=None, now=now)
    return len(missing)


def _positions(session: Session, now: datetime) -> int:
    added = 0
    by_slug = {row.slug: row for row in session.exec(select(Proposal)).all()}
    ids = {row.slug: row.id for row in session.exec(select(Actor)).all()}
    for row in content.rows("position"):
        form = {name: value for name, value in row.items() if name not in ("proposals", "actors")}
        for proposal in (by_slug[slug] for slug in row["proposals"]):
            for actor in row["actors"]:
                if not _recorded(session, proposal, ids[actor], form):
                    positions.record(session, proposal, PositionForm(actor=actor, **form), by=None, now=now)
                    added += 1
    return added


def _recorded(session: Session, proposal: Proposal, actor_id: int, form: Row) -> bool:
    when = dates(PartialDate.parse(form.get("on", "")))
    same = [
        col(getattr(Position, name)).is_(value) if value is None else col(getattr(Position, name)) == value for name, value in when.items()
    ]
    mine = (col(Position.proposal_id) == proposal.id, col(Position.actor_id) == actor_id, col(Position.stance) == form["stance"])
    return session.exec(select(Position.id).where(*mine, *same)).first() is not None


def _missing(session: Session, kind: type, rows: Iterable[Row]) -> list[Row]:
    known = set(session.exec(select(kind.slug)).all())  # type: ignore[attr-defined]
    return [row for row in rows if row["slug"] not in known]


def _but(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


STEPS = {
    "groups": _groups,
    "themes": _themes,
    "sources": _sources,
    "states": _states,
    "actors": _actors,
    "populations": _populations,
    "presidencies": _presidencies,
    "proposals": _proposals,
    "entries": _entries,
    "positions": _positions,
}
