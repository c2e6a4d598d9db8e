"""The same rules for people with a role in each of two groups: what counts is the role in the group a page is of.

Each group has a public proposal and one in preparation. Whoever is a commenter in a group wrote what stands on its proposals.
"""

import pytest

from models import Membership, Person
from models.group import Role
from relais.db import writing
from tests.days import NOW
from tests.web.conftest import client, signed_in
from tests.web.roles import ANYWHERE, ROLES
from tests.web.rules import QUERIES, RULES
from tests.web.test_matrix import a_place, address, what_all_know

# Who is what in the one group, and in the other.
PEOPLE = {
    "visitor": (None, None),
    "Ada": (Role.EDITOR, Role.OBSERVER),
    "Bea": (Role.COMMENTER, Role.COORDINATOR),
    "Cid": (Role.COORDINATOR, Role.COMMENTER),
    "Dan": (Role.OBSERVER, Role.EDITOR),
    "Eva": (Role.EDITOR, None),
    "Fay": (None, Role.EDITOR),
    "Gil": (None, None),
}
PLACES = {"shown": 0, "kept": 0, "seen": 1, "held": 1}  # slug of a proposal: of which group
PRIVATE = {"kept": 0, "held": 1}


@pytest.fixture
def scene(engine, public_affairs, social_tech):
    """The places by slug, and a client for each of the people."""
    both = (public_affairs, social_tech)
    people = {name: a_somebody(engine, name, zip(both, PEOPLE[name], strict=True)) for name in PEOPLE if name != "visitor"}
    with writing() as session:
        source = what_all_know(session)
        authors = (people["Bea"], people["Cid"])
        places = {slug: a_place(session, slug, both[group], authors[group], source) for slug, group in PLACES.items()}
    clients = {name: signed_in(engine, people[name]) if name in people else client() for name in PEOPLE}
    return places, clients


def a_somebody(engine, name, roles):
    """A person with those roles; of no group where there are none."""
    person = Person(email=f"{name.lower()}@relais.test", name=f"{name} Lund", language="en", created_at=NOW)
    with writing(engine) as session:
        session.add(person)
        session.flush()
        for group, role in roles:
            if role:
                session.add(Membership(group_id=group.id, person_id=person.id, role=role, joined_at=NOW))
    return person


def expected(route, slug, name):
    """By the role in the group of the proposal; where that of any group counts, by the better of the two."""
    shown, _, kept = RULES[route].partition(" / ")
    column = dict(zip(ROLES, (kept or shown if slug in PRIVATE else shown).split(), strict=True))
    if name == "visitor":
        return column["visitor"]
    if RULES[route] in ANYWHERE:
        better = max((role for role in PEOPLE[name] if role), key=list(Role).index, default=Role.OBSERVER)
        return column[better.value]
    role = PEOPLE[name][PLACES[slug]]
    return column[role.value if role else "stranger"]


def leaks(text, name):
    """The titles of what is in preparation in groups this person is not in."""
    return [slug for slug, group in PRIVATE.items() if not PEOPLE[name][group] and f"An ask {slug}" in text]


@pytest.mark.parametrize("route", RULES)
def test_what_counts_is_the_role_in_the_group_a_page_is_of(route, scene):
    places, clients = scene
    method, path = route.split(" ", 1)

    answers = {
        (slug, name): asker.request(method, address(path, place) + QUERIES.get(route, ""))
        for slug, place in places.items()
        for name, asker in clients.items()
    }

    assert {cell: str(answer.status_code) for cell, answer in answers.items()} == {cell: expected(route, *cell) for cell in answers}
    assert {cell: found for cell, answer in answers.items() if (found := leaks(answer.text, cell[1]))} == {}
