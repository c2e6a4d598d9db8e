"""Writes proposals with all that hangs on them, past the verbs but true to their rules."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from bench.prose import Prose, rendered
from bench.rows import Rows
from bench.sizes import FIRST_DAY, LAST_DAY, LATEST_PLAN, OPENED, Head, Saved
from models import (
    Actor,
    Citation,
    Comment,
    Entry,
    EntryProposal,
    Group,
    Membership,
    Move,
    Person,
    Position,
    Proposal,
    ProposalTheme,
    Revision,
    Source,
    Text,
    Theme,
)
from models.dated import dates
from models.entry import KINDS, EntryState, Family
from models.event import EventKind
from models.group import Role
from models.partial_date import UNDATED, PartialDate, Precision
from models.position import Stance
from models.proposal import LADDER, Level, Stage
from relais.wording import folded


class Writer:
    def __init__(self, engine: Engine, seed: int) -> None:
        self.random = Random(seed)
        self.rows = Rows(engine)
        self.prose = {language: Prose(language, self.random) for language in ("fr", "en")}
        with engine.execution_options(relais_reading=True).connect() as connection:
            self.actors = connection.execute(select(Actor.id, Actor.slug).order_by(Actor.id)).all()
            self.groups = list(connection.execute(select(Group.id).order_by(Group.id)).scalars())
            self.themes = list(connection.execute(select(Theme.slug).order_by(Theme.slug)).scalars())
            self.cited: list[tuple[int, str]] = [(row.id, row.slug) for row in connection.execute(select(Source.id, Source.slug))]
        self.members: list[int] = []
        self.origins: list[int] = []
        # Rendering Markdown costs more than all the rest: words come back after a few hundred proposals.
        self.bodies = {tongue: [rendered(prose.body(self.random.randint(2, 6))) for _ in range(60)] for tongue, prose in self.prose.items()}
        self.remarks = [rendered(self.prose[self.random.choice(("fr", "en"))].comment()) for _ in range(400)]

    def people(self) -> None:
        """A dozen members of the first group; the first of them is its editor."""
        for number in range(12):
            name = f"{self.prose['en'].label().title()} {number + 1}"
            role = Role.EDITOR if number == 0 else Role.COMMENTER
            person = self.rows.add(Person, email=f"bench-{number}@relais.example", name=name, language="fr", created_at=OPENED, version=1)
            member = self.rows.add(Membership, group_id=self.groups[0], person_id=person, role=role, joined_at=OPENED, version=1)
            self.rows.tell(
                EventKind.MEMBER_JOINED, Membership, member, OPENED, group=self.groups[0], public=False, person=person, role=role.value
            )
            self.members.append(person)

    def sources(self, number: int) -> None:
        """Sources to cite; proposals come from every fourth of them."""
        for one in range(number):
            slug, language = f"source-{one}", self.random.choice(("fr", "en"))
            added = self.rows.add(
                Source,
                slug=slug,
                title=self.prose[language].title(),
                publisher=self.prose[language].label(),
                language=language,
                url=f"https://example.org/{slug}",
                retrieved_on=LAST_DAY,
                **dates(PartialDate(self._day(FIRST_DAY, LAST_DAY))),
            )
            self.rows.tell(EventKind.SOURCE_ADDED, Source, added, OPENED, slug=slug)
            self.cited.append((added, slug))
            if one % 4 == 0:
                self.origins.append(added)

    def proposal(self, slug: str, at: datetime, comments: int, claims: int = 0, *, hot: bool = False) -> None:
        """`claims` is the number of positions and of entries; left at 0 it is chosen."""
        language = self.random.choice(("fr", "en"))
        route = self._route()
        proposal = Head(0, self.groups[0] if hot else self.random.choice(self.groups), hot or self.random.random() > 0.02)
        proposal = proposal._replace(id=self._facts(slug, language, route[-1], proposal, at))
        self.rows.tell(EventKind.PROPOSAL_ADDED, Proposal, proposal.id, at, proposal=proposal, slug=slug)
        revision = self._texts(proposal, language, at)
        self._moves(proposal, route, at)
        for _ in range(claims or self.random.randint(1, 8)):
            self._position(proposal, revision, at)
        for number in range(claims or self.random.randint(1, 7)):
            self._entry(proposal, f"{slug}-{number}", at)
        self._comments(proposal, comments, at, public=0.75 if not hot else 1.0)

    def _facts(self, slug: str, language: str, stage: Stage, proposal: Head, at: datetime) -> int:
        added = self.rows.add(
            Proposal,
            slug=slug,
            original_language=language,
            level=self.random.choice((Level.EU, Level.EU, Level.NATIONAL)),
            instrument_fr="",
            instrument_en="",
            procedure="",
            rank=self.random.randint(1, 99),
            group_id=proposal.group_id,
            origin_id=self.random.choice(self.origins),
            stage=stage,
            merged_into_id=None,
            public=proposal.public,
            created_at=at,
            version=1,
        )
        for theme in self.random.sample(self.themes, min(2, len(self.themes))):
            self.rows.add(ProposalTheme, proposal_id=added, theme=theme)
        return added

    def _texts(self, proposal: Head, original: str, at: datetime) -> int:
        """Both languages, the original first: the number of its last revision."""
        other = "en" if original == "fr" else "fr"
        number = self.random.choice((1, 1, 2, 3))
        source = self._text(proposal, original, number, None, at)
        self._text(proposal, other, 1, source.revision, at)
        return source.revision

    def _text(self, proposal: Head, language: str, number: int, translates: int | None, at: datetime) -> Saved:
        prose, (body, html) = self.prose[language], self.random.choice(self.bodies[language])
        title, summary = prose.title(), prose.paragraph(2)
        text = self.rows.add(
            Text, proposal_id=proposal.id, language=language, title=title, summary=summary, body=body, body_html=html,
            search_text=folded(f"{title}\n{summary}\n{body}"), number=number, saved_at=at, version=number + 1,
        )  # fmt: skip
        revision = 0
        for one in range(1, number + 1):
            said = summary if one == number else prose.paragraph(2)
            revision = self.rows.add(
                Revision, text_id=text, number=one, title=title, summary=said, body=body, note="", minor=False,
                author_id=None, translates_id=translates, saved_at=at,
            )  # fmt: skip
            details = {"language": language, "number": one, "minor": False, "note": ""}
            self.rows.tell(EventKind.TEXT_SAVED, Revision, revision, at, proposal=proposal, **details)
        return Saved(revision, title, summary, body)

    def _route(self) -> list[Stage]:
        """The stages a proposal went through, each step one the table allows."""
        steps = sorted(self.random.sample(range(1, len(LADDER)), self.random.randint(0, 3)))
        route = [self.random.choice(LADDER[:2])]
        route += [LADDER[step] for step in steps if LADDER[step].step > route[0].step]
        return [*route, Stage.DROPPED] if self.random.random() < 0.08 else route

    def _moves(self, proposal: Head, route: list[Stage], at: datetime) -> None:
        days = sorted(self._day(FIRST_DAY, LAST_DAY) for _ in route)
        for (start, end), day in zip(pairwise([None, *route]), days, strict=True):
            when = PartialDate(day, precision=self.random.choice((Precision.DAY, Precision.DAY, Precision.BY)))
            reason_fr, reason_en = (self.prose[language].sentence() for language in ("fr", "en"))
            move = self.rows.add(
                Move, proposal_id=proposal.id, from_stage=start, to_stage=end, reason_fr=reason_fr, reason_en=reason_en,
                label_fr="", label_en="", recorded_at=at, recorder_id=None, supersedes_id=None, **dates(when),
            )  # fmt: skip
            self._cite("move_id", Move, move, proposal, at)
            details = {"from": start.value if start else None, "to": end.value, "on": str(when)}
            self.rows.tell(EventKind.STAGE_MOVED, Move, move, at, proposal=proposal, **details)

    def _position(self, proposal: Head, revision: int, at: datetime) -> None:
        """One position, now and then corrected by a second one."""
        actor, public = self.random.choice(self.actors), self.random.random() > 0.1
        first: int | None = None
        for kind in (EventKind.POSITION_RECORDED, EventKind.POSITION_CORRECTED)[: 2 if self.random.random() < 0.04 else 1]:
            stance, when = self.random.choice(list(Stance)), self._when()
            note_fr, note_en = (self.prose[language].sentence() for language in ("fr", "en"))
            position = self.rows.add(
                Position, proposal_id=proposal.id, actor_id=actor.id, stance=stance, note_fr=note_fr, note_en=note_en,
                revision_id=revision, public=public, recorded_at=at, recorder_id=None, supersedes_id=first, **dates(when),
            )  # fmt: skip
            self._cite("position_id", Position, position, proposal, at, public=public)
            details = {"actor": actor.slug, "stance": stance.value, "on": str(when)} | ({"supersedes": first} if first else {})
            self.rows.tell(kind, Position, position, at, proposal=proposal, public=public, **details)
            first = position

    def _entry(self, proposal: Head, key: str, at: datetime) -> None:
        family = self.random.choice(list(Family))
        kind = self.random.choice(KINDS[family])
        planned, lead = self.random.random() < 0.15, self.random.random() < 0.1
        state = EntryState.PLANNED if planned else EntryState.DONE
        when = PartialDate(self._day(LAST_DAY, LATEST_PLAN)) if planned else self._when()
        words = {f"title_{language}": prose.title() for language, prose in self.prose.items()}
        words |= {f"label_{language}": prose.label() for language, prose in self.prose.items()}
        words |= {f"note_{language}": prose.sentence() for language, prose in self.prose.items()}
        entry = self.rows.add(
            Entry, key=key, family=family, kind=kind, state=state, public=proposal.public, group_id=proposal.group_id,
            recorded_at=at, recorder_id=None, supersedes_id=None, **words, **dates(when),
        )  # fmt: skip
        self.rows.add(EntryProposal, entry_id=entry, proposal_id=proposal.id, lead=lead, rejected=False, checked_at=None, checker_id=None)
        self._cite("entry_id", Entry, entry, proposal, at)
        details = {"key": key, "type": kind.value, "state": state.value, "on": str(when), "lead": lead}
        self.rows.tell(EventKind.ENTRY_ADDED, Entry, entry, at, proposal=proposal, **details)

    def _cite(self, column: str, kind: Any, claim: int, proposal: Head, at: datetime, *, public: bool = True) -> None:
        for source, slug in self.random.sample(self.cited, self.random.choice((0, 1, 1, 1, 2))):
            supports = self.random.random() > 0.05
            about = dict.fromkeys(("move_id", "position_id", "entry_id")) | {column: claim}
            citation = self.rows.add(
                Citation, source_id=source, supports=supports, locator=f"p. {self.random.randint(1, 90)}",
                summary_fr=self.prose["fr"].sentence(), summary_en=self.prose["en"].sentence(), quote="", quote_language="",
                recorded_at=at, recorder_id=None, **about,
            )  # fmt: skip
            details = {"source": slug, "claim": kind.__tablename__, "claim_id": claim, "supports": supports}
            self.rows.tell(EventKind.CITATION_ADDED, Citation, citation, at, proposal=proposal, public=public, **details)

    def _comments(self, proposal: Head, number: int, at: datetime, *, public: float) -> None:
        """About a third of them answer an earlier one; an answer is as public as what it answers."""
        firsts: list[tuple[int, bool]] = []
        for one in range(number):
            moment, author = at + timedelta(minutes=one), self.random.choice(self.members)
            answered = self.random.choice(firsts) if firsts and self.random.random() < 0.35 else None
            parent, seen = answered or (None, self.random.random() < public)
            body, html = self.random.choice(self.remarks)
            comment = self.rows.add(
                Comment, proposal_id=proposal.id, parent_id=parent, author_id=author, body=body, body_html=html, public=seen,
                posted_at=moment, edited_at=None, removed_at=None, version=1,
            )  # fmt: skip
            self.rows.tell(EventKind.COMMENT_POSTED, Comment, comment, moment, proposal=proposal, by=author, public=seen)
            if answered is None:
                firsts.append((comment, seen))

    def _when(self) -> PartialDate:
        """A past date as sources give them: mostly a day, sometimes coarser, seldom none."""
        day = self._day(FIRST_DAY, LAST_DAY)
        match self.random.randint(0, 19):
            case 0:
                return UNDATED
            case 1:
                return PartialDate(day.replace(month=1, day=1), precision=Precision.YEAR)
            case 2:
                return PartialDate(date(day.year, 1 if day.month < 7 else 7, 1), precision=Precision.HALF_YEAR)
            case 3 | 4:
                return PartialDate(day.replace(day=1), precision=Precision.MONTH)
        return PartialDate(day)

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.random.randint(0, (last - first).days))
