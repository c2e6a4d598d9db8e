"""What scenes play on: proposals of their own, made through the verbs, so that no scene disturbs another."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, select

from models import Group, Person, Proposal, WebhookAttempt
from models.entry import EntryKind, EntryState, Extent, Family
from models.group import Role
from models.partial_date import PartialDate
from models.position import Stance
from models.proposal import Stage
from relais import (
    answers,
    comments,
    entries,
    invitations,
    legs,
    packets,
    positions,
    proposals,
    sign_in,
    suggestions,
    tasks,
    texts,
    webhooks,
)
from relais.answers import AnswerForm
from relais.comments import CommentForm, threads
from relais.entries import EntryForm
from relais.invitations import InvitationForm
from relais.legs import LegForm, OutcomeForm, contacts
from relais.legs.contacts import ContactForm
from relais.packets import PacketForm
from relais.positions import PositionForm
from relais.presidencies import calendar
from relais.proposals import MoveForm, ProposalForm
from relais.settings import now
from relais.sources import CitationForm
from relais.suggestions import SuggestionForm
from relais.tasks import TaskForm
from relais.texts import TextForm
from relais.webhooks import WebhookForm
from relais.webhooks import calls as webhook_calls
from tests.browser.running_site import GROUP, Site
from tests.days import TODAY

FRENCH_BODY = "## Pourquoi\n\nPersonne ne répond.\n\n- une adresse\n- un nom"
LATER_BODY = FRENCH_BODY.replace("ne répond", "ne répond à temps")
ENGLISH_BODY = "## Why\n\nNobody answers.\n\n- an address\n- a name"
FRENCH = TextForm(title="Un relais par région", summary="Une personne par région.", body=FRENCH_BODY)
ENGLISH = TextForm(title="One relay per region", summary="One person per region.", body=ENGLISH_BODY)


def a_proposal(site: Site, by: Person | None = None) -> str:
    """The slug of a new public proposal, drafted in 2022 and written in both languages."""
    slug = f"relais-par-region-{site.number()}"
    how: dict[str, Any] = {"by": by, "now": now()}
    with site.writing() as session:
        group = session.exec(select(Group).where(col(Group.slug) == GROUP)).one()
        first = MoveForm(to=Stage.DRAFTED, on=PartialDate.parse("2022-06-21"), citations=[CitationForm(source=a_source(session))])
        proposal = proposals.add(session, ProposalForm(slug=slug, text=FRENCH, first=first), group=group, **how)
        texts.save(session, proposal, "en", ENGLISH, base=0, **how)
    return slug


def a_lead(site: Site, slug: str, title: str) -> None:
    """A possible link between that proposal and something that happened."""
    with site.writing() as session:
        what: dict[str, Any] = {"family": Family.INSTITUTIONAL, "kind": EntryKind.DECISION, "on": PartialDate.parse("2026-10-05")}
        form = EntryForm(title_en=title, title_fr=title, **what)
        entries.add(session, form, leads=[found(session, slug)], by=None, now=now())


def a_packet(site: Site, by: Person) -> int:
    """The number of the newest frozen brief of Czechia's presidency, as it stands."""
    with site.writing() as session:
        form = PacketForm(reason="What was recorded since.")
        return packets.freeze(session, calendar(session), "2022-cz", form, by=by, now=now(), today=TODAY).number


def a_worked_on_proposal(site: Site, by: Person) -> str:
    """One that shows every state: a stale translation, contested and unsourced positions, plans, a lead, a thread."""
    slug = a_proposal(site, by)
    how: dict[str, Any] = {"by": by, "now": now()}
    with site.writing() as session:
        proposal = found(session, slug)
        newer = FRENCH.model_copy(update={"body": f"{LATER_BODY}\n\nUne réponse en un mois.", "note": "Le délai"})
        texts.save(session, proposal, "fr", newer, base=1, **how)
        better = SuggestionForm(
            title=newer.title, summary=newer.summary, body=f"{newer.body}\n\nEt un seul interlocuteur.", note="Un seul nom"
        )
        suggestions.make(session, proposal, "fr", better, base=2, **how)
        _positions(session, proposal, how)
        _entries(session, proposal, how)
        _thread(session, proposal, how)
        _tasks(session, proposal, by)
        _legs(session, proposal, by)
        published = MoveForm(to=Stage.PUBLISHED, on=PartialDate.parse("2026-09-01"), reason_en="It stands in the report.")
        proposals.move(session, proposal, published, version=proposal.version, **how)
    return slug


def in_preparation(site: Site, by: Person) -> str:
    """The slug of a proposal that only its group sees."""
    slug = a_proposal(site, by)
    with site.writing() as session:
        found(session, slug).public = False
    return slug


def an_invitation(site: Site, by: Person) -> str:
    """The token of an invitation whose letter was sent; another one waits for its letter."""
    token = f"invitation-{site.number()}"
    with site.writing() as session:
        group = session.exec(select(Group).where(col(Group.slug) == GROUP)).one()
        for number in (1, 2):
            form = InvitationForm(email=f"ana{site.number()}.of.a.long.name@social-good.example.org", role=Role.EDITOR)
            row = invitations.invite(session, group, form, by=by, now=now())
            if number == 1:
                row.sqlmodel_update({"token_hash": sign_in.hashed(token), "due_at": None, "sent_at": now()})
    return token


def a_webhook(site: Site, by: Person) -> dict[str, str]:
    """One of the group that fails, with a message in every state and another secret; its id and that of one message."""
    at = now()
    with site.writing() as session:
        group = session.exec(select(Group).where(col(Group.slug) == GROUP)).one()
        form = WebhookForm(name="Archive of the federation", url="https://hooks.example.org/relais?of=everything", kinds=["stage", "text"])
        webhook = webhooks.add(session, group, form, by=by, now=at)
        webhooks.add_key(session, group, webhook, version=webhook.version, by=by, now=at)
        webhook.failing_since, webhook.rest_until = at - timedelta(hours=3), at + timedelta(days=300)
        for due, taken, status, why in (
            (None, at, 204, ""), (None, None, 500, ""), (at + timedelta(hours=2), None, None, "No answer in time"),
        ):  # fmt: skip
            message = webhook_calls.test(session, webhook, at)
            session.flush()
            message.due_at, message.taken_at, message.attempts = due, taken, 1
            session.add(WebhookAttempt(message_id=message.id, at=at, status=status, why=why, ms=1240))
        webhook.rest_until = at + timedelta(days=300)
        return {"webhook": str(webhook.id), "message": str(message.id)}


def a_source(session: Session) -> str:
    from models import Source

    return session.exec(select(Source.slug).order_by(col(Source.id)).limit(1)).one()


def found(session: Session, slug: str) -> Proposal:
    return session.exec(select(Proposal).where(col(Proposal.slug) == slug)).one()


def _positions(session: Session, proposal: Proposal, how: dict[str, Any]) -> None:
    source = a_source(session)
    named = {"summary_en": "It is named.", "summary_fr": "Elle est nommée."}
    quoted = CitationForm(source=source, locator="p. 12", quote="Nous le soutenons.", **named)
    against = CitationForm(source=source, supports=False, summary_en="It is not named.", summary_fr="Elle n’est pas nommée.")
    for actor, stance, cited in (
        ("france", Stance.INITIATED, [quoted]),
        ("slovenia", Stance.SUPPORTS, [quoted, against]),
        ("ireland", Stance.ABSENT, []),
        ("germany", Stance.SUPPORTS_WITH_RESERVATIONS, []),
        ("italy", Stance.TOOK_PART, []),
        ("spain", Stance.NEUTRAL, []),
        ("malta", Stance.OPPOSES, []),
    ):
        positions.record(session, proposal, PositionForm(actor=actor, stance=stance, on=PartialDate.parse("2022"), citations=cited), **how)


def _entries(session: Session, proposal: Proposal, how: dict[str, Any]) -> None:
    for family, kind, state, title, on, public in (
        (Family.INSTITUTIONAL, EntryKind.CONFERENCE, EntryState.DONE, "Conference", "2026-10-02", True),
        (Family.ADVOCACY, EntryKind.MEETING, EntryState.DONE, "A meeting between us", "2026-10-03", False),
        (Family.INSTITUTIONAL, EntryKind.VOTE, EntryState.PLANNED, "Vote", "2027-H1", True),
        (Family.INSTITUTIONAL, EntryKind.CONSULTATION, EntryState.CANCELLED, "Consultation", "2026-10-04", True),
    ):
        form = EntryForm(
            family=family, kind=kind, state=state, title_en=title, title_fr=f"{title} (fr)", on=PartialDate.parse(on), public=public,
            notice_days=90 if state is EntryState.PLANNED else None,
        )  # fmt: skip
        entries.add(session, form, concerns=[proposal], group_id=proposal.group_id, **how)
    lead = EntryForm(family=Family.INSTITUTIONAL, kind=EntryKind.DECISION, title_en="Decision", on=PartialDate.parse("2026-10-05"))
    entry = entries.add(session, lead, leads=[proposal], **how)
    answer = AnswerForm(entry=entry.key, extent=Extent.PARTLY, words_fr="La moitié.", words_en="Half of it.")
    answers.link(session, proposal, entry, answer, seen="", **how)


def _legs(session: Session, proposal: Proposal, by: Person) -> None:
    """One carried on without an outcome, one closed, and a public one at hand, with a letter nobody answered and a meeting somebody did."""
    how: dict[str, Any] = {"by": by, "now": now()}
    asked = LegForm(ask_fr="Une personne par région.", ask_en="One person per region.", targets=["european-commission"])
    first = legs.plan(session, proposal, "2022-fr", asked, **how)
    second = legs.carry(session, first, proposal, "2022-cz", **how)
    outcome = OutcomeForm(outcome_en="No answer.", outcome_fr="Sans réponse.", note_en="Ask early.", onward="2026-ie")
    third = legs.close(session, second, proposal, outcome, version=second.version, **how)
    assert third is not None
    words = asked.model_dump() | {"lead": by.id, "public": True, "note_fr": "Écrire tôt."}
    legs.change(session, third, proposal, LegForm(**words), version=third.version, **how)
    letter = ContactForm(kind=EntryKind.LETTER, on=PartialDate.parse("2026-09-01"), title_en="A letter", title_fr="Une lettre", public=True)
    contacts.record(session, third, proposal, letter.model_copy(update={"step": "Call them", "assignee": by.id}), **how)
    meeting = ContactForm(kind=EntryKind.MEETING, on=PartialDate.parse("2026-10-01"), title_en="A meeting", outcome_en="They will write.")
    held = contacts.record(session, third, proposal, meeting, **how)
    answer = ContactForm(kind=EntryKind.ANSWER, on=PartialDate.parse("2026-10-20"), title_en="Their answer", actor="european-commission")
    contacts.record(session, third, proposal, answer, answers=held, **how)


def _tasks(session: Session, proposal: Proposal, by: Person) -> None:
    """One in every state: overdue, due soon, later, without a day, nobody's, for a leg, done."""
    for text, days, facts in (
        ("Ask whoever answered in 2022", -5, {"assignee": by.id}),
        ("Brief the representation before the handover", 3, {"assignee": by.id, "leg": "2027-lt"}),
        ("Prepare the next letter", 40, {}),
        ("Find who coordinates the network", None, {}),
        ("Correct the French text", -8, {"assignee": by.id}),
    ):
        due = TODAY + timedelta(days=days) if days is not None else None
        last = tasks.add(session, proposal, TaskForm.model_validate({"text": text, "due_on": due, **facts}), by=by, now=now())
    tasks.finish(session, last, proposal, by=by, now=now())


def _thread(session: Session, proposal: Proposal, how: dict[str, Any]) -> None:
    words = "**Whoever** answers?\n\n> Nobody.\n\n- `one`\n- [two](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    first = comments.post(session, proposal, CommentForm(body=words, public=True), **how)
    session.flush()
    comments.post(session, proposal, CommentForm(body="For the group only.", parent=first.id), **how)
    for words, tongue in (("Personne ne répond", "fr"), ("an address", "en")):
        comments.post(session, proposal, CommentForm(body="Is that so?", passage=words, tongue=tongue), **how)
    done = comments.post(session, proposal, CommentForm(body="Which month?", public=True), **how)
    threads.resolve(session, done, proposal, **how)
