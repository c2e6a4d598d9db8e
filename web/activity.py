"""What happened, as far as its reader may know; and what of it is new to them."""

from collections.abc import Callable
from itertools import groupby
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from pydantic import AfterValidator

from relais import access, activity, groups, proposals
from relais.activity import Act, Filters, seen
from relais.form import Form
from relais.i18n import said
from relais.proposals import titles
from relais.settings import BRUSSELS
from relais.sign_in import local_path
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.render import page

routes = APIRouter(prefix="/{language}/activity")
Line = TypeVar("Line")


class SeenForm(Form):
    """`upto`, a number beside it, is the newest event there was when the page was made; `back` where the reader goes on."""

    back: Annotated[str, AfterValidator(local_path)] = "/"


@routes.get("")
@looking
def index(desk: Desk, group: str = "", proposal: str = "", news: str = "", person: str = "", since: str = "", before: str = "") -> Response:
    if since:
        desk.must_be_signed_in()
    about = proposals.find(desk.session, proposal, desk.reader) if proposal else None
    people = dict(activity.people(desk.session, desk.reader))
    filters = Filters(
        group_id=groups.find(desk.session, group).id if group else None,
        proposal_id=about.id if about else None,
        kinds=activity.kinds_of(news),
        person_id=_number(person) if _number(person) in people else None,
        after=access.member(desk.reader).seen_event_id if since else None,
        before=_number(before),
    )
    found = activity.page(desk.session, desk.reader, desk.language, filters)
    shown: dict[str, Any] = {
        "found": found,
        "since": since,
        "asked": {"group": group, "news": news, "person": person if filters.person_id else ""},
        "about": titles.of(desk.session, desk.reader, desk.language, [about.id])[about.id] if about else None,
        "choices": {"groups": [(one.slug, said(one, "name", desk.language)[0]) for one in groups.every(desk.session)], "people": people},
        "parts": by_proposal(found.acts, lambda act: act) if since else by_day(found.acts),
        "news": seen.news(desk.session, desk.reader, desk.language),
    }
    return page(desk, "activity/index.html", **shown)


@routes.post("/seen")
@acting
def mark(desk: Desk, form: Posted[SeenForm] = posted(SeenForm, "upto")) -> Response:
    """Everything up to where the page was made is old from now on. What came in between stays new."""
    person = access.member(desk.reader, f"/{desk.language}/activity")
    if not form.errors:
        seen.mark(desk.session, person, form.numbers["upto"])
    return RedirectResponse(f"/{desk.language}/activity" if form.errors else form.form.back, 303)


def by_day(acts: list[Act]) -> list[tuple[Any, list[Act]]]:
    return [(day, list(done)) for day, done in groupby(acts, lambda act: act.at.astimezone(BRUSSELS).date())]


def by_proposal(lines: list[Line], act: Callable[[Line], Act]) -> list[tuple[Any, list[Line]]]:
    """In the order of what is newest of each; what is about no proposal stands last."""
    heads = dict.fromkeys(act(line).proposal for line in lines)
    return [(head, [line for line in lines if act(line).proposal == head]) for head in sorted(heads, key=lambda head: head is None)]


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0
