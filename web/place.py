"""Where a form belongs: the proposal it changes, under the title readers know it by."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated

from fastapi import Path, Query
from fastapi.responses import RedirectResponse, Response

from models import Person, Proposal, Text
from relais import access, proposals, texts
from web.desk import Desk

Asked = Annotated[int, Query(ge=0, lt=1_000_000)]  # a number in a query; 0 where none is given
Id = Annotated[int, Path(gt=0, lt=2**31)]


@dataclass
class Place:
    """`by` is who acts there. The title, looked up when it is shown, is the proposal's in the page's language or in its own."""

    desk: Desk
    proposal: Proposal
    by: Person

    @cached_property
    def text(self) -> Text | None:
        return title_of(self.desk, self.proposal)

    @property
    def title(self) -> str:
        return self.text.title if self.text else self.proposal.slug

    @property
    def language(self) -> str:
        """The title's."""
        return self.text.language if self.text else self.desk.language

    @property
    def path(self) -> str:
        return f"/proposals/{self.proposal.slug}"


def edited(desk: Desk, slug: str) -> Place:
    """The proposal, for its editors. A visitor signs in and comes back; another group's member finds nothing; a lesser role is told."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    return for_editor(desk, proposal)


def for_editor(desk: Desk, proposal: Proposal) -> Place:
    desk.must_be_signed_in(_back(desk, proposal))
    return Place(desk, proposal, access.editor(desk.reader, proposal))


def discussed(desk: Desk, slug: str) -> Place:
    """The proposal, for those who may comment on it."""
    return for_commenter(desk, proposals.find(desk.session, slug, desk.reader))


def for_commenter(desk: Desk, proposal: Proposal) -> Place:
    desk.must_be_signed_in(_back(desk, proposal))
    return Place(desk, proposal, access.commenter(desk.reader, proposal))


def within(desk: Desk, slug: str) -> Place:
    """The proposal, for every member of its group."""
    proposal = proposals.find(desk.session, slug, desk.reader)
    desk.must_be_signed_in(_back(desk, proposal))
    return Place(desk, proposal, access.within(desk.reader, proposal))


def title_of(desk: Desk, proposal: Proposal) -> Text | None:
    """The text whose title stands for the proposal: in the page's language, or in the original's where there is none."""
    return texts.of(desk.session, proposal, desk.language) or texts.of(desk.session, proposal, proposal.original_language)


def for_member(desk: Desk, proposal: Proposal) -> Place:
    """The proposal, for anybody who is signed in and sees it."""
    desk.must_be_signed_in(_back(desk, proposal))
    return Place(desk, proposal, access.member(desk.reader))


def for_moderator(desk: Desk, proposal: Proposal) -> Place:
    """The proposal, for the coordinators of its group."""
    desk.must_be_signed_in(_back(desk, proposal))
    return Place(desk, proposal, access.moderator(desk.reader, proposal))


def onward(desk: Desk, to: str) -> Response:
    """After a form was taken: to where its fruit stands. htmx is told to go there, so that the browser forgets the draft first."""
    path = f"/{desk.language}{to}"
    return Response(headers={"HX-Redirect": path}) if desk.htmx else RedirectResponse(path, 303)


def _back(desk: Desk, proposal: Proposal) -> str:
    """A form is come back to; one that was posted comes back to its proposal's page."""
    return desk.here if desk.request.method == "GET" else f"/{desk.language}/proposals/{proposal.slug}"
