"""Suggestions: changes to a text by whoever may comment, put to its editors, who accept, amend or decline them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlalchemy import Row
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Membership, Person, Proposal, Revision, Suggestion, Text
from models.event import EventKind
from models.suggestion import SuggestionState
from models.text import FIELDS
from relais import db, ledger, texts
from relais.access import Reader, visible_inside
from relais.errors import Forbidden, Invalid, Missing, Refused, Stale
from relais.form import Form
from relais.i18n import N_
from relais.texts import TextForm, diff
from relais.texts.diff import Piece
from relais.texts.merge import apart, merged


class SuggestionForm(Form):
    title: Annotated[str, StringConstraints(min_length=1, max_length=160)]
    summary: Annotated[str, StringConstraints(max_length=2000)] = ""
    body: Annotated[str, StringConstraints(max_length=100_000)] = ""
    note: Annotated[str, StringConstraints(max_length=300)] = ""


class DeclineForm(Form):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=1000)]


@dataclass(frozen=True)
class Outlook:
    """What a suggestion would make of the text as it stands now.

    `words` are the fields with it, `changes` what that changes of each, `meets` the fields where the text has since been changed in the
    very paragraphs it changes: there the words are only proposed.
    """

    number: int
    words: dict[str, str]
    changes: dict[str, list[Piece]]
    meets: tuple[str, ...]


def make(session: Session, proposal: Proposal, language: str, form: SuggestionForm, *, base: int, by: Person, now: datetime) -> Suggestion:
    """Put a change of revision `base` to the editors. Raises Invalid when it changes nothing or there is no such revision, Missing when
    there is no text."""
    text = texts.of(session, proposal, language)
    if text is None:
        raise Missing
    started = texts.revision(session, text, base)
    if started is None:
        raise Invalid(N_("There is no such revision"), field="base")
    if all(getattr(started, name) == getattr(form, name) for name in FIELDS):
        raise Invalid(N_("Nothing changed: this is the text as it stands"), field="body")
    suggestion = Suggestion(
        text_id=text.id, base_number=base, title=form.title, summary=form.summary, body=form.body,
        note=form.note, author_id=by.id, made_at=now,
    )  # fmt: skip
    session.add(suggestion)
    ledger.record(session, EventKind.SUGGESTION_MADE, suggestion, at=now, by=by, proposal=proposal, public=False, language=language)
    return suggestion


def find(session: Session, suggestion_id: int, proposal: Proposal, reader: Reader) -> tuple[Suggestion, Text]:
    """A suggestion for this proposal and the text it is for, or Missing when not there for this reader."""
    found = session.exec(
        select(Suggestion, Text)
        .join(Text, col(Text.id) == col(Suggestion.text_id))
        .join(Proposal, col(Proposal.id) == col(Text.proposal_id))
        .where(col(Suggestion.id) == suggestion_id, col(Proposal.id) == proposal.id, visible_inside(reader))
    ).first()
    if found is None:
        raise Missing
    return found


def listed(session: Session, proposal: Proposal, reader: Reader, *, suggestion_id: int | None = None) -> Sequence[Row[Any]]:
    """The suggestions for a proposal with who made and who decided them, open ones first, then the newest; or the one of that id."""
    decider, role = aliased(Person), aliased(Membership)
    mine = (col(role.person_id) == col(Suggestion.author_id)) & (col(role.group_id) == proposal.group_id)
    query = (
        db.columns(
            Suggestion.id, Text.language, Suggestion.title, Suggestion.note, Suggestion.made_at, Suggestion.state, Suggestion.reason,
            Suggestion.decided_at, Suggestion.base_number, Suggestion.author_id, Person.name, role.role, col(decider.name).label("decider"),
            col(Revision.number).label("became"),
        )
        .join(Text, col(Text.id) == col(Suggestion.text_id))
        .join(Proposal, col(Proposal.id) == col(Text.proposal_id))
        .join(Person, col(Person.id) == col(Suggestion.author_id))
        .outerjoin(role, mine)
        .outerjoin(decider, col(decider.id) == col(Suggestion.decider_id))
        .outerjoin(Revision, col(Revision.id) == col(Suggestion.revision_id))
        .where(col(Proposal.id) == proposal.id, visible_inside(reader))
        .order_by(col(Suggestion.state) != SuggestionState.OPEN, col(Suggestion.id).desc())
    )  # fmt: skip
    return session.execute(query if suggestion_id is None else query.where(col(Suggestion.id) == suggestion_id)).all()


def outlook(session: Session, suggestion: Suggestion, text: Text) -> Outlook:
    """The suggestion on top of the text as it stands: it survives later revisions where they changed other paragraphs."""
    base = texts.revision(session, text, suggestion.base_number)
    words, meets = {}, []
    for name in FIELDS:
        was, mine, now = (str(getattr(row, name)) for row in (base, suggestion, text))
        both = apart(was, mine, now)
        if both is None:
            meets.append(name)
            both = mine if name == "title" else merged(was, mine, now)
        words[name] = both
    changes = {name: diff.words(getattr(text, name), words[name]) for name in FIELDS}
    return Outlook(text.number, words, changes, tuple(meets))


def then(session: Session, suggestion: Suggestion, text: Text) -> Outlook:
    """The suggestion on the revision it was written from: how it is remembered once it was decided."""
    base = texts.revision(session, text, suggestion.base_number)
    changes = {name: diff.words(getattr(base, name), getattr(suggestion, name)) for name in FIELDS}
    return Outlook(suggestion.base_number, _fields(suggestion), changes, ())


def accept(
    session: Session,
    suggestion: Suggestion,
    text: Text,
    proposal: Proposal,
    form: TextForm,
    *,
    version: int,
    base: int,
    by: Person,
    now: datetime,
) -> Revision:
    """Save the words as a revision of both: its author is the editor, its suggester who proposed them. Other words than proposed amend it.

    Raises Stale when the text is not at `base` any more, Refused when somebody decided in between.
    """
    _claim(session, suggestion, version)
    proposed = outlook(session, suggestion, text).words
    suggester = session.get_one(Person, suggestion.author_id)
    saved = texts.save(session, proposal, text.language, form, base=base, by=by, now=now, suggester=suggester)
    session.flush()
    state = SuggestionState.ACCEPTED if _fields(form) == proposed else SuggestionState.AMENDED
    suggestion.sqlmodel_update({"state": state, "decided_at": now, "decider_id": by.id, "revision_id": saved.id})
    details = {"number": saved.number, "amended": state is SuggestionState.AMENDED}
    ledger.record(session, EventKind.SUGGESTION_TAKEN, suggestion, at=now, by=by, proposal=proposal, public=False, **details)
    return saved


def decline(
    session: Session, suggestion: Suggestion, proposal: Proposal, form: DeclineForm, *, version: int, by: Person, now: datetime
) -> None:
    """Say no, with a reason that its author reads. Raises Refused when somebody decided in between."""
    _claim(session, suggestion, version)
    suggestion.sqlmodel_update({"state": SuggestionState.DECLINED, "reason": form.reason, "decided_at": now, "decider_id": by.id})
    ledger.record(session, EventKind.SUGGESTION_DECLINED, suggestion, at=now, by=by, proposal=proposal, public=False)


def withdraw(session: Session, suggestion: Suggestion, proposal: Proposal, *, version: int, by: Person, now: datetime) -> None:
    """Its author takes it back; that there was one stays. Raises Forbidden for anybody else, Refused once it was decided."""
    if suggestion.author_id != by.id:
        raise Forbidden(N_("Only who made a suggestion can withdraw it"))
    _claim(session, suggestion, version)
    suggestion.sqlmodel_update({"state": SuggestionState.WITHDRAWN, "decided_at": now, "decider_id": by.id})
    ledger.record(session, EventKind.SUGGESTION_WITHDRAWN, suggestion, at=now, by=by, proposal=proposal, public=False)


def _claim(session: Session, suggestion: Suggestion, version: int) -> None:
    """Of several who decide at once exactly one does."""
    if suggestion.state is not SuggestionState.OPEN:
        raise Refused(N_("Somebody has decided on this suggestion already"))
    try:
        db.take(session, suggestion, version)
    except Stale:
        raise Refused(N_("Somebody has decided on this suggestion already")) from None


def _fields(row: Any) -> dict[str, str]:
    return {name: getattr(row, name) for name in FIELDS}
