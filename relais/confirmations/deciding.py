"""A coordinator decides on an answer: approved it enters the record through the verbs of positions and sources, refused it is told."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import StringConstraints
from sqlmodel import Session

from models import Actor, Confirmation, Person, Position, Proposal
from models.confirmation import Outcome, Reply, State
from models.event import EventKind
from models.partial_date import PartialDate
from models.position import Stance
from relais import confirmations, ledger, positions, sources
from relais.confirmations import Overtaken
from relais.db import take
from relais.errors import Refused
from relais.form import Form
from relais.i18n import LANGUAGES, N_, long_day, say
from relais.positions import PositionForm
from relais.settings import BRUSSELS
from relais.sources import CitationForm, SourceForm, claims

SAYS: dict[Reply, str] = {
    Reply.RIGHT: N_("The organisation itself confirms it."),
    Reply.OTHER: N_("The organisation itself says so."),
    Reply.WITHDRAWN: N_("The organisation itself withdraws its position."),
}


class RefusalForm(Form):
    reason: Annotated[str, StringConstraints(min_length=1, max_length=500)]


def approve(session: Session, confirmation: Confirmation, proposal: Proposal, *, version: int, by: Person, now: datetime) -> Position:
    """Write the answer into the record, with itself as the source: gives the position it stands behind.

    “It is right” is cited on the position; another position takes its place as a correction; a withdrawal is a later position, neutral
    from then on, since the one before it was true. Raises Overtaken when the position was corrected meanwhile, Stale when the answer was
    changed, Refused when there is nothing to decide.
    """
    # Whoever changes the request holds it before its position, as its foreign key does; then a correction waits for this, or this for it.
    session.refresh(confirmation, with_for_update=True)
    _to_decide(confirmation, now)
    position = session.get_one(Position, confirmation.position_id, with_for_update=True)
    if claims.standing(session, position).id != position.id:
        raise Overtaken
    take(session, confirmation, version)
    became = _written(session, confirmation, position, proposal, by, now)
    _decide(confirmation, Outcome.APPROVED, by, now)
    confirmation.became_id = became.id
    actor = session.get_one(Actor, position.actor_id).slug
    path = f"/proposals/{proposal.slug}/positions/{actor}#p{became.id}"
    details: dict[str, Any] = {"actor": actor, "answer": confirmation.answer.value if confirmation.answer else "", "path": path}
    ledger.record(
        session, EventKind.CONFIRMATION_APPROVED, confirmation, at=now, by=by, proposal=proposal, public=became.public, **details
    )  # fmt: skip
    return became


def refuse(
    session: Session, confirmation: Confirmation, proposal: Proposal, form: RefusalForm, *, version: int, by: Person, now: datetime
) -> None:
    """Leave the record as it is, and owe the contact a letter that says why, while their address is kept. Raises as `approve` does."""
    _to_decide(confirmation, now)
    take(session, confirmation, version)
    _decide(confirmation, Outcome.REFUSED, by, now)
    owed = {"due_at": now, "attempts": 0, "sent_at": None} if confirmation.email else {}
    confirmation.sqlmodel_update({"reason": form.reason} | owed)
    confirmations.told(session, EventKind.CONFIRMATION_REFUSED, confirmation, proposal, by, now)


def _to_decide(confirmation: Confirmation, now: datetime) -> None:
    state = confirmation.state(now)
    if state in (State.WAITING, State.EXPIRED):
        raise Refused(N_("They have not answered: there is nothing to decide on"))
    if state is not State.ANSWERED:
        raise Refused(N_("This request was decided or withdrawn already"))


def _decide(confirmation: Confirmation, outcome: Outcome, by: Person, now: datetime) -> None:
    confirmation.sqlmodel_update({"outcome": outcome, "decided_at": now, "decider_id": by.id, "due_at": None})


def _written(
    session: Session, confirmation: Confirmation, position: Position, proposal: Proposal, by: Person, now: datetime
) -> Position:  # fmt: skip
    how: dict[str, Any] = {"by": by, "now": now}
    actor = session.get_one(Actor, position.actor_id)
    cited = _cited(session, confirmation, actor, by, now)
    if confirmation.answer is Reply.RIGHT:
        sources.cite_all(session, position, cited, proposal=proposal, public=position.public, **how)
        return position
    stance = confirmation.stance or Stance.NEUTRAL
    words: dict[str, Any] = {f"note_{confirmation.language}": confirmation.note, "public": position.public, "citations": cited}
    form = PositionForm(actor=actor.slug, stance=stance, on=confirmation.when(), **words)
    if confirmation.answer is Reply.OTHER:
        return positions.correct(session, proposal, position, form, **how)
    return positions.record(session, proposal, form, **how)


def _cited(session: Session, confirmation: Confirmation, actor: Actor, by: Person, now: datetime) -> list[CitationForm]:
    """The answer as a source of its own, and the page it names. Who answered is in neither."""
    language, answer = confirmation.language, confirmation.answer or Reply.RIGHT
    answered = (confirmation.answered_at or now).astimezone(BRUSSELS).date()
    name = actor.name(language)
    notes = {
        f"note_{tongue}": say(
            tongue, "Answer to a letter of the working group, approved by a coordinator on %(day)s.",
            day=long_day(now.astimezone(BRUSSELS).date(), tongue),
        )
        for tongue in LANGUAGES
    }  # fmt: skip
    title = say(language, "Answer of %(actor)s, %(day)s", actor=name, day=long_day(answered, language))
    given = SourceForm(title=title[:300], publisher=name[:200], language=language, published=PartialDate(answered), **notes)
    summary = {f"summary_{tongue}": say(tongue, SAYS[answer]) for tongue in LANGUAGES}
    quote = {"quote": confirmation.note, "quote_language": language} if answer is Reply.RIGHT and confirmation.note else {}
    source = sources.add(session, given, by=by, now=now)
    session.flush()
    cited = [CitationForm(source=source.slug, **summary, **quote)]
    if confirmation.url:
        page = say(language, "Page of %(actor)s", actor=name)[:300]
        cited.append(CitationForm(source_title=page, source_url=confirmation.url, source_publisher=name[:200], source_language=language))
    return cited
