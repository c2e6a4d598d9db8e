"""Organisations that are asked about their positions, as pages and journeys need them."""

from sqlmodel import Session, col, select

from models import Actor, Confirmation, Person, Position
from relais import confirmations
from relais.confirmations import AskForm, answering, deciding
from relais.confirmations.answering import AnswerForm
from relais.confirmations.deciding import RefusalForm
from relais.positions import PositionForm, correct
from relais.settings import now
from tests.browser.followers import the_key_of
from tests.browser.running_site import Site
from tests.browser.scenery import found

WHO = {"name": "Iris Vogel", "role": "Policy officer"}


def asked(site: Site, slug: str, actor: str, by: Person, language: str = "en") -> Confirmation:
    """A request about what the actor said of the proposal."""
    with site.writing() as session:
        proposal = found(session, slug)
        form = AskForm(email=f"{actor}{site.number()}@organisation.example.org", language=language)
        return confirmations.ask(session, _position(session, slug, actor), proposal, form, by=by, now=now())


def requests(site: Site, slug: str, by: Person) -> dict[str, object]:
    """By what stands in addresses: the link of one that waits, one answered, one overtaken, one refused, and a position not asked about."""
    waiting, answered, overtaken, refused = (asked(site, slug, actor, by) for actor in ("france", "germany", "italy", "malta"))
    another = {
        "answer": "other",
        "stance": "opposes",
        "on": "2024-03",
        "note": "Not without a budget.",
        "url": "https://example.org/p",
        **WHO,
    }
    with the_key_of(site), site.writing() as session:
        proposal = found(session, slug)
        for row, said in ((answered, another), (overtaken, another), (refused, {"answer": "right", **WHO})):
            request = answering.behind(session, answering.token(row), now())
            answering.answer(session, request, AnswerForm.model_validate(said), version=1, now=now())
        correct(session, proposal, _position(session, slug, "italy"), PositionForm(actor="italy", stance="neutral"), by=by, now=now())
        row = session.get_one(Confirmation, refused.id)
        deciding.refuse(session, row, proposal, RefusalForm(reason="Ask your board first."), version=2, by=by, now=now())
        unasked = _position(session, slug, "spain").id
    return {
        "confirms_position": token(site, waiting), "answered_position": token(site, answered), "confirmation": waiting.id,
        "answered": answered.id, "overtaken": overtaken.id, "refused": refused.id, "unasked": unasked,
    }  # fmt: skip


def token(site: Site, confirmation: Confirmation) -> str:
    """What stands at the end of the address in the letter."""
    with the_key_of(site):
        return answering.token(confirmation)


def _position(session: Session, slug: str, actor: str) -> Position:
    its = select(Position).join(Actor, col(Actor.id) == col(Position.actor_id)).where(col(Actor.slug) == actor)
    return session.exec(its.where(col(Position.proposal_id) == found(session, slug).id).order_by(col(Position.id))).all()[-1]
