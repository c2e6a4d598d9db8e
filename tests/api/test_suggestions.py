"""Changes put to the editors of a text by a program: made, looked at, accepted, declined and taken back."""

import pytest
from sqlmodel import col, select

from models import Event
from models.event import EventKind as Kind
from relais import texts
from relais.db import reading, writing
from relais.texts import TextForm
from tests.api.test_lists import walked
from tests.api.test_verbs import seen, wrong
from tests.days import NOW
from tests.public_record import a_proposal, counted
from tests.steps import a_suggestion

HERE = "proposals/guichet"
SUGGESTIONS = f"{HERE}/suggestions"
NEW = f"{HERE}/texts/fr/suggestions"
BODY = "Un premier paragraphe.\n\nUn deuxième paragraphe."
BETTER = BODY.replace("deuxième", "second")
KINDS = (Kind.SUGGESTION_MADE, Kind.SUGGESTION_TAKEN, Kind.SUGGESTION_DECLINED, Kind.SUGGESTION_WITHDRAWN)


@pytest.fixture
def guichet(public_affairs, editor):
    proposal = a_proposal("guichet", public_affairs)
    saved(proposal, editor, BODY)
    return proposal


@pytest.fixture
def program(carrying, guichet, editor):
    return carrying(editor)


@pytest.fixture
def proposer(carrying, guichet, commenter):
    return carrying(commenter)


def saved(proposal, by, body):
    with writing() as session:
        text = texts.of(session, proposal, "fr")
        texts.save(session, proposal, "fr", TextForm(title="Guichet", body=body), base=text.number, by=by, now=NOW)


def words(body=BETTER, base=2, **more):
    return {"title": "Guichet", "body": body, "base": base} | more


def acts():
    with reading() as session:
        done = select(Event.kind, Event.public).where(col(Event.kind).in_(KINDS)).order_by(col(Event.id))
        return [tuple(row) for row in session.exec(done)]


def test_a_suggestion_is_made_looked_at_and_accepted_as_it_is(program, proposer):
    made = proposer.post(NEW, json=words(note="Plus juste"))
    ahead = program.get(f"{SUGGESTIONS}/1")
    outlook = ahead.json()["outlook"]
    as_seen = {name: outlook[name] for name in ("base", "title", "summary", "body")}
    taken = program.put(f"{SUGGESTIONS}/1/acceptance", json=as_seen, headers={"If-Match": ahead.headers["ETag"]})

    assert (made.status_code, made.headers["Location"], made.headers["ETag"]) == (201, f"http://testserver/api/v1/{SUGGESTIONS}/1", '"1"')
    assert made.json() == {
        "id": 1, "language": "fr", "base": 2, "title": "Guichet", "summary": "", "body": BETTER, "note": "Plus juste",
        "author": "Chiara Conti", "made_at": made.json()["made_at"], "state": "open", "decider": "", "decided_at": None, "reason": "",
        "became": None,
        "version": 1,
    }  # fmt: skip
    assert outlook == {"base": 2, "title": "Guichet", "summary": "", "body": BETTER, "meets": []}
    told = taken.json()
    assert (told["state"], told["became"], told["decider"], taken.headers["ETag"]) == ("accepted", 3, "Emil Novák", '"2"')
    revision = program.get(f"{HERE}/revisions/fr/3").json()
    assert (revision["body"], revision["author"], revision["suggester"]) == (BETTER, "Emil Novák", "Chiara Conti")
    assert program.get(f"{SUGGESTIONS}/1").json() == told | {"outlook": None}
    assert acts() == [(Kind.SUGGESTION_MADE, False), (Kind.SUGGESTION_TAKEN, False)]


def test_other_words_amend_it(program, guichet, commenter):
    a_suggestion(guichet, commenter, "Titre")

    taken = program.put(f"{SUGGESTIONS}/1/acceptance", json=words("Tout autre chose."), headers=seen(1))

    assert (taken.json()["state"], taken.json()["became"]) == ("amended", 3)


def test_what_changed_meanwhile_is_in_the_outlook_and_must_have_been_seen(program, proposer, guichet, editor):
    proposer.post(NEW, json=words())
    saved(guichet, editor, BODY.replace("deuxième", "autre"))

    late = program.put(f"{SUGGESTIONS}/1/acceptance", json=words(), headers=seen(1))

    assert (wrong(late), late.json()["detail"]) == ((409, ["base"]), "The text changed since: look at the suggestion once more")
    told = program.get(f"{SUGGESTIONS}/1").json()
    assert (told["state"], told["outlook"]["base"], told["outlook"]["meets"]) == ("open", 3, ["body"])
    assert program.put(f"{SUGGESTIONS}/1/acceptance", json=words(base=3), headers=seen(1)).json()["became"] == 4


def test_it_is_declined_with_a_reason_once(program, proposer):
    proposer.post(NEW, json=words())
    address = f"{SUGGESTIONS}/1/refusal"

    assert wrong(program.put(address, json={"reason": ""}, headers=seen(1))) == (422, ["reason"])
    assert program.put(address, json={"reason": "Non."}).status_code == 428
    declined = program.put(address, json={"reason": "Non."}, headers=seen(1))
    again = program.put(address, json={"reason": "Non!"}, headers=seen(2))

    assert (declined.json()["state"], declined.json()["reason"], declined.headers["ETag"]) == ("declined", "Non.", '"2"')
    assert (again.status_code, again.json()["detail"]) == (409, "Somebody has decided on this suggestion already")
    assert acts()[1:] == [(Kind.SUGGESTION_DECLINED, False)]


def test_only_who_made_it_takes_it_back(program, proposer):
    proposer.post(NEW, json=words())
    address = f"{SUGGESTIONS}/1/withdrawal"

    assert program.put(address, headers=seen(1)).status_code == 403
    assert proposer.put(address, headers=seen(1)).json()["state"] == "withdrawn"
    assert proposer.put(address, headers=seen(2)).status_code == 409
    assert acts()[1:] == [(Kind.SUGGESTION_WITHDRAWN, False)]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"body": BODY}, "body"), ({"base": 9}, "base"), ({"base": 0}, "base"), ({"base": "2"}, "base"), ({"title": ""}, "title"),
        ({"minor": True}, "minor"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named(proposer, sent, field):
    assert wrong(proposer.post(NEW, json=words() | sent)) == (422, [field])
    assert (proposer.get(SUGGESTIONS).json()["items"], acts()) == ([], [])


def test_there_is_nothing_to_suggest_on_a_text_there_is_not(proposer):
    assert proposer.post(f"{HERE}/texts/de/suggestions", json=words(base=1)).status_code == 404


def test_a_suggestion_of_another_proposal_is_not_here(program, proposer, public_affairs):
    a_proposal("other", public_affairs)
    proposer.post(NEW, json=words())

    assert program.get("proposals/other/suggestions").json()["items"] == []
    assert program.get("proposals/other/suggestions/1").status_code == 404
    assert program.put("proposals/other/suggestions/1/refusal", json={"reason": "Non."}, headers=seen(1)).status_code == 404


def test_a_walk_through_them_meets_each_once(program, guichet, commenter):
    for number in range(3):
        a_suggestion(guichet, commenter, f"Titre {number}")

    items, pages = walked(program, f"{SUGGESTIONS}?limit=2", between=lambda: a_suggestion(guichet, commenter, "Encore"))

    assert ([one["id"] for one in items], pages) == ([1, 2, 3, 4], 2)


@pytest.mark.parametrize("many", [1, 3])
def test_many_are_read_in_as_many_statements_as_one(program, guichet, commenter, engine, many):
    for number in range(many):
        a_suggestion(guichet, commenter, f"Titre {number}")

    with counted(engine) as said:
        program.get(SUGGESTIONS)

    assert len([one for one in said if "FROM suggestions" in one]) == 1
