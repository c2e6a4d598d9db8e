"""A group run by its coordinator's token: its facts, its members and invitations, and what is recorded of it."""

import pytest
from sqlmodel import col, select

from api.app import app
from models import Event, Invitation, Membership
from models.event import EventKind as Kind
from models.group import Role
from relais.db import reading, writing
from relais.i18n import say
from tests.api.coordinating import a_member, an_invitation
from tests.api.test_verbs import seen, wrong
from tests.api.writing import a_place, a_record
from tests.days import NOW
from tests.public_record import counted

OURS = "groups/european-public-affairs"
RUNS_NONE = "This token runs no group: make one that may, with the scope manage"


@pytest.fixture
def program(carrying, coordinator):
    return carrying(coordinator, "manage")


def acts(*kinds):
    with reading() as session:
        return list(session.exec(select(Event.kind).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))))


def test_a_token_that_does_not_manage_is_told_so_in_a_sentence(carrying, coordinator, public_affairs):
    for token in (carrying(coordinator), carrying(coordinator, "read")):
        answer = token.get(f"{OURS}/invitations", headers={"Accept-Language": "fr"})
        assert (answer.status_code, answer.json()["detail"]) == (403, say("fr", RUNS_NONE))
    answer = carrying(coordinator, "write", public_affairs).get(f"{OURS}/invitations")
    assert (answer.status_code, answer.json()["detail"]) == (403, "Only coordinators of this group can do this")


def test_no_token_reaches_tokens_or_accounts():
    paths = {part for path in app.openapi()["paths"] for part in path.split("/")}

    assert paths & {"tokens", "account", "accounts", "sign-in", "sessions", "people"} == set()


def test_a_group_is_changed_by_who_saw_how_it_stands(program):
    tag = program.get(OURS).headers["ETag"]
    facts = {"name_fr": "Communs", "name_en": "Commons", "description_en": "Shared."}

    changed = program.put(OURS, json=facts, headers={"If-Match": tag})

    told = {"slug": "european-public-affairs", "name": {"fr": "Communs", "en": "Commons"}, "description": {"fr": "", "en": "Shared."}}
    assert (changed.status_code, changed.json(), changed.headers["ETag"]) == (200, told, '"2"')
    assert program.get(OURS).json() == told
    assert program.put(OURS, json=facts, headers={"If-Match": tag}).status_code == 412
    assert program.put(OURS, json=facts).status_code == 428
    assert wrong(program.put(OURS, json={"name_fr": "Communs"}, headers=seen(2))) == (422, ["name_en"])
    assert wrong(program.put(OURS, json=facts | {"slug": "x"}, headers=seen(2))) == (422, ["slug"])
    assert acts(Kind.GROUP_CHANGED) == [Kind.GROUP_CHANGED]


def test_members_are_told_to_members_with_the_number_a_step_takes(carrying, observer, coordinator):
    (one, two) = carrying(observer, "read").get(f"{OURS}/members").json()["items"]

    assert (one["person"], one["name"], one["role"], one["me"], one["hint"]) == (observer.id, "Oskar Berg", "observer", True, "")
    assert (two["person"], two["role"], two["me"], two["version"]) == (coordinator.id, "coordinator", False, 1)


def test_a_member_gets_a_role_and_goes(program, public_affairs):
    address = f"{OURS}/members/{a_member(public_affairs)}"
    tag = program.get(address).headers["ETag"]

    changed = program.put(f"{address}/role", json={"role": "editor"}, headers={"If-Match": tag})
    stale = program.put(f"{address}/role", json={"role": "observer"}, headers={"If-Match": tag})
    gone = program.delete(address, headers={"If-Match": changed.headers["ETag"]})

    assert (changed.json()["role"], changed.json()["version"], changed.json()["hint"][:2]) == ("editor", 2, "m…")
    assert (stale.status_code, stale.json()["version"], gone.status_code) == (412, 2, 204)
    assert (program.get(address).status_code, program.delete(address, headers=seen(2)).status_code) == (404, 404)
    assert acts(Kind.ROLE_CHANGED, Kind.MEMBER_LEFT) == [Kind.ROLE_CHANGED, Kind.MEMBER_LEFT]
    assert wrong(program.put(f"{OURS}/members/1/role", json={"role": "owner"}, headers=seen(1))) == (422, ["role"])


def test_the_last_coordinator_stays(program, coordinator):
    me = f"{OURS}/members/1"

    changed = program.put(f"{me}/role", json={"role": "editor"}, headers=seen(1))
    left = program.delete(me, headers=seen(1))

    assert [changed.status_code, left.status_code] == [409, 409]
    with reading() as session:
        assert session.get_one(Membership, 1).role is Role.COORDINATOR


def test_one_leaves_with_a_token_that_manages_and_nobody_else_is_taken_along(carrying, editor, coordinator):
    mine, theirs = f"{OURS}/members/1", f"{OURS}/members/2"
    program = carrying(editor, "manage")

    assert program.delete(theirs, headers=seen(1)).status_code == 403
    assert carrying(editor).delete(mine, headers=seen(1)).json()["detail"] == RUNS_NONE
    assert program.delete(mine, headers=seen(1)).status_code == 204
    assert program.get(f"{OURS}/members").status_code == 404


def test_somebody_is_asked_in_once(program):
    asked = {"email": "Ana@Example.org", "role": "editor", "language": "en"}
    made = program.post(f"{OURS}/invitations", json=asked, headers={"Idempotency-Key": "a"})
    again = program.post(f"{OURS}/invitations", json=asked, headers={"Idempotency-Key": "a"})
    soon = program.post(f"{OURS}/invitations", json=asked)

    found = made.json()
    assert (made.status_code, found["email"], found["role"], found["sent_at"]) == (201, "ana@example.org", "editor", None)
    assert made.headers["Location"] == f"http://testserver/api/v1/{OURS}/invitations/{found['id']}"
    assert (again.json(), again.headers["Idempotency-Replayed"], soon.status_code) == (found, "true", 429)
    assert (0 < int(soon.headers["Retry-After"]) <= 120, "RateLimit" in soon.headers) == (True, False)
    assert program.get(f"{OURS}/invitations").json()["items"] == [found]
    assert program.get(f"{OURS}/invitations/{found['id']}").json() == found
    assert acts(Kind.MEMBER_INVITED) == [Kind.MEMBER_INVITED]
    with reading() as session:
        assert session.exec(select(Invitation.due_at)).one() is not None


def test_that_a_letter_left_is_told_to_who_read_before(program, public_affairs, coordinator):
    """It is no act: nobody did anything."""
    number = an_invitation(public_affairs, coordinator)
    addresses = (f"{OURS}/invitations", f"{OURS}/invitations/{number}")
    tags = [program.get(address).headers["ETag"] for address in addresses]

    def again():
        answers = [program.get(address, headers={"If-None-Match": tag}) for address, tag in zip(addresses, tags, strict=True)]
        return [(answer.status_code, answer.headers["ETag"] in tags) for answer in answers]

    before = again()
    with writing() as session:
        session.get_one(Invitation, number).sent_at = NOW

    assert (before, again(), tags[1][:3]) == ([(304, True)] * 2, [(200, False)] * 2, '"1-')


def test_an_invitation_is_sent_again_and_withdrawn(program, public_affairs, coordinator):
    address = f"{OURS}/invitations/{an_invitation(public_affairs, coordinator)}"

    sent = program.post(f"{address}/letters", headers=seen(1))
    stale = program.delete(address, headers=seen(1))
    gone = program.delete(address, headers={"If-Match": sent.headers["ETag"]})

    assert (sent.status_code, sent.json()["sent_at"], stale.status_code, gone.status_code) == (200, None, 412, 204)
    assert (program.get(address).status_code, program.delete(address, headers=seen(3)).status_code) == (404, 409)
    assert acts(Kind.MEMBER_INVITED, Kind.INVITATION_WITHDRAWN) == [Kind.MEMBER_INVITED, Kind.INVITATION_WITHDRAWN]


@pytest.mark.parametrize("more", [{"email": "nobody"}, {"role": "owner"}, {"language": "de"}, {"group_id": 2}])
def test_a_bad_invitation_is_refused_beside_what_is_wrong(program, more):
    answer = program.post(f"{OURS}/invitations", json={"email": "ana@example.org", "role": "editor"} | more)

    assert wrong(answer) == (422, list(more))


def test_a_step_is_added_to_a_proposal_of_the_group(carrying, commenter, public_affairs, social_tech):
    a_record()
    a_place("guichet", public_affairs, commenter, 1)
    a_place("autre", social_tech, commenter, 2)
    program = carrying(commenter)

    made = program.post(f"{OURS}/tasks", json={"proposal": "guichet", "text": "Ask"})

    assert (made.status_code, made.json()["proposal"], made.json()["text"]) == (201, "guichet", "Ask")
    assert program.get(made.headers["Location"]).json() == made.json()
    assert wrong(program.post(f"{OURS}/tasks", json={"proposal": "autre", "text": "Ask"})) == (422, ["proposal"])
    assert wrong(program.post(f"{OURS}/tasks", json={"text": "Ask"})) == (422, ["proposal"])


@pytest.mark.parametrize("noun", ["members", "invitations"])
def test_three_are_read_with_as_many_questions_as_one_and_page_by_page(program, public_affairs, coordinator, engine, noun):
    make = {"members": a_member, "invitations": an_invitation}[noun]
    program.get("groups")  # its first use is noted

    def asked():
        make(public_affairs, coordinator)
        with counted(engine) as statements:
            items = program.get(f"{OURS}/{noun}").json()["items"]
        return len(statements), items

    (one, _), _, (three, items) = asked(), asked(), asked()

    first = program.get(f"{OURS}/{noun}?limit=2").json()
    assert three == one
    assert first["items"] + program.get(first["next"]).json()["items"] == items
