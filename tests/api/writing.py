"""The scene of whoever writes by the API: two proposals of the group, one in preparation, with one of each thing on both."""

from dataclasses import dataclass

from models import Comment, Group, Person, Position, Proposal, Suggestion, Task
from tests.asks import a_leg
from tests.public_record import a_comment, a_position, a_presidency, a_proposal, a_source, an_actor, an_entry
from tests.steps import a_suggestion, a_task


@dataclass(frozen=True)
class Place:
    """A proposal with the numbers and keys of what is on it; the comment, the step and the suggestion are the commenter’s."""

    proposal: Proposal
    move: int
    position: Position
    entry: str
    comment: Comment
    task: Task
    suggestion: Suggestion


def a_record() -> None:
    """What all know."""
    for slug in ("france", "mednum"):
        an_actor(slug)
    a_source("minutes", url="https://example.org/minutes")
    for slug, code in (("ireland", "IE"), ("lithuania", "LT"), ("greece", "EL")):
        an_actor(slug, kind="member_state", code=code)
    a_source("decision")
    a_presidency("2026-ie", "2026-07-01", "2026-12-31", state="ireland")
    a_presidency("2027-lt", "2027-01-01", "2027-06-30", state="lithuania")


def a_place(slug: str, group: Group, author: Person, number: int, *, public: bool = True) -> Place:
    """`number` is that of its first move. The presidency 2026-ie is asked something."""
    proposal = a_proposal(slug, group, public=public)
    a_leg(proposal, author, public=public)
    return Place(
        proposal,
        number,
        a_position(proposal, "mednum", public=public),
        an_entry(f"vote-{slug}", proposal, group_id=group.id, public=public).key,
        a_comment(proposal, author, "Oui.", public=public),
        a_task(proposal, author, "Write to them"),
        a_suggestion(proposal, author),
    )
