"""A confirmation as scenes need it: an organisation is asked, a worker sends the letter, its link is used, and a coordinator decides."""

from datetime import timedelta

from sqlmodel import col, select

from models import Citation, Confirmation, Event, Position, Proposal, Source
from models.event import EventKind
from relais import confirmations
from relais.confirmations import AskForm, answering, deciding
from relais.confirmations.answering import AnswerForm
from relais.confirmations.deciding import RefusalForm
from relais.db import reading, writing
from tests.days import NOW
from tests.relais.postbox import Postbox, drain

DAY = timedelta(days=1)
LATER = NOW + DAY
CONTACT = "contact@mednum.example.org"
WHO = {"name": "Iris Vogel", "role": "Policy officer"}


def ask(position, by, now=NOW, email=CONTACT, language="en"):
    with writing() as session:
        row = session.get_one(Position, position.id)
        proposal = session.get_one(Proposal, row.proposal_id)
        return confirmations.ask(session, row, proposal, AskForm(email=email, language=language), by=by, now=now)


def behind(token, now=NOW):
    with reading() as session:
        return answering.behind(session, token, now)


def act(verb, confirmation, by, *form, version=1, now=LATER):
    """Send again, withdraw, approve or refuse."""
    with writing() as session:
        row = session.get_one(Confirmation, confirmation.id)
        proposal = session.get_one(Proposal, session.get_one(Position, row.position_id).proposal_id)
        return verb(session, row, proposal, *form, version=version, by=by, now=now)


def approve(confirmation, by, version=2, now=LATER):
    return act(deciding.approve, confirmation, by, version=version, now=now)


def refuse(confirmation, by, reason="We do not know you", version=2, now=LATER):
    return act(deciding.refuse, confirmation, by, RefusalForm(reason=reason), version=version, now=now)


def answer(confirmation, version=1, now=NOW, **said):
    with writing() as session:
        asked = answering.behind(session, answering.token(confirmation), now)
        form = AnswerForm.model_validate({"answer": "right", **WHO, **said})
        return answering.answer(session, asked, form, version=version, now=now)


def letters(engine, now=NOW):
    """Those to the contact, that are due."""
    post = Postbox()
    drain(engine, post, now)
    return [letter for letter in post if letter.to == CONTACT]


def the_link(letter):
    (link,) = [line for line in letter.text.splitlines() if "/confirm/" in line]
    return link.removeprefix("http://testserver")


def rows(kind=Confirmation):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def acts():
    """What the ledger tells of confirmations: kind, whether it is public, and the details but for the path."""
    kinds = [kind for kind in EventKind if kind.startswith("confirmation_")]
    with reading() as session:
        found = session.exec(select(Event).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))).all()
    return [(one.kind.value, one.public, {name: said for name, said in one.details.items() if name != "path"}) for one in found]


def cited(position):
    """The sources behind a position and what they are cited with: title, address, our summary, quotation."""
    with reading() as session:
        query = select(Source.title, Source.url, Citation.summary_en, Citation.quote).join(Citation)
        return [tuple(row) for row in session.exec(query.where(col(Citation.position_id) == position.id).order_by(col(Citation.id))).all()]
