"""Following by letter: the form, the button behind each link, and the page where somebody outside sees and changes what they get."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, RedirectResponse, Response

from models import Subscriber, Subscription
from models.topic import USUAL
from relais import following
from relais.errors import Stale
from relais.following import ChoiceForm, ReachForm, asking, coming, consent, data, offers, words
from relais.following.asking import FollowForm
from relais.i18n import N_, say
from relais.mailings import links
from relais.mailings.links import Purpose
from relais.settings import BRUSSELS
from web import client, mailbox
from web.desk import Desk, acting, looking
from web.forms import Posted, posted
from web.place import Id
from web.render import page
from web.sign_in import private

routes = APIRouter(prefix="/{language}/follow")
CHANGED = N_("This was changed in between, from another page. This is how it stands; what you chose is below.")
Topics = Annotated[Sequence[str], Query()]
DONE = ("confirmed", "saved", "stopped", "renewed")


@routes.get("")
@looking
def new(desk: Desk, topic: Topics = ()) -> Response:
    """The form; `topic`, as `topics.written`, is chosen already."""
    usual = {"news": [kind.value for kind in USUAL], "pace": "weekly", "weekday": "0", "language": desk.language}
    return _new(desk, Posted(desk.language, {"topics": list(topic), **usual}))


@routes.post("")
@acting
def create(desk: Desk, form: Posted[FollowForm] = posted(FollowForm)) -> Response:
    """Owe one letter. What is answered does not depend on whether the address is known."""
    if not form.errors:
        with form.trying(desk.session):
            asking.ask(desk.session, form.form, client.address_of(desk.request), desk.now)
    return _new(desk, form, 422) if form.errors else RedirectResponse(f"/{desk.language}/follow/sent", 303)


@routes.get("/sent")
@looking
def sent(desk: Desk) -> Response:
    return page(desk, "following/sent.html", days=following.UNCONFIRMED_KEPT.days, mailbox=mailbox.is_open(desk.request))


@routes.get("/confirm/{token}")
@looking
def confirmation(desk: Desk, token: str) -> Response:
    """A page with a button: whoever follows links before the reader does changes nothing."""
    subscriber, asked = asking.asked_by(desk.session, token, desk.now)
    shown = following.shown(desk.session, desk.language, asked)
    return private(page(desk, "following/confirm.html", token=token, subscriber=subscriber, asked=shown, words=consent.WORDS))


@routes.post("/confirm/{token}")
@acting
def confirm(desk: Desk, token: str) -> Response:
    subscriber = asking.confirm(desk.session, token, client.address_of(desk.request), desk.now)
    return _to(desk, links.token(Purpose.MANAGE, subscriber), "confirmed")


# --- one's own page --------------------------------------------------------------------------------------------------


@routes.get("/manage/{token}")
@looking
def show(desk: Desk, token: str, done: str = "") -> Response:
    subscriber = following.subscriber_of(desk.session, token)
    return _shown(desk, token, subscriber, _reach(desk, subscriber), done=done)


@routes.post("/manage/{token}")
@acting
def reach(desk: Desk, token: str, form: Posted[ReachForm] = posted(ReachForm, "version")) -> Response:
    """Language and pause, for all letters at once."""
    subscriber = following.subscriber_of(desk.session, token)
    if not form.errors:
        with form.trying(desk.session), _unless_stale(form):
            following.reach(desk.session, subscriber, form.form, form.numbers["version"], today=desk.today)
    return _shown(desk, token, subscriber, form, _status(form)) if form.errors else _to(desk, token, "saved")


@routes.get("/manage/{token}/data.json")
@looking
def take_away(desk: Desk, token: str) -> Response:
    kept = data.of(desk.session, following.subscriber_of(desk.session, token))
    return private(JSONResponse(kept, headers={"Content-Disposition": 'attachment; filename="relais-letters.json"'}))


@routes.post("/manage/{token}/links")
@acting
def renew(desk: Desk, token: str) -> Response:
    """Every link in every letter so far ends; the page goes on under a new one."""
    subscriber = following.subscriber_of(desk.session, token)
    following.renew_links(desk.session, subscriber)
    return _to(desk, links.token(Purpose.MANAGE, subscriber), "renewed")


@routes.post("/manage/{token}/erasure")
@acting
def erase(desk: Desk, token: str) -> Response:
    following.erase(desk.session, following.subscriber_of(desk.session, token))
    return RedirectResponse(f"/{desk.language}/follow/left", 303)


@routes.get("/manage/{token}/subscriptions/{id}")
@looking
def edit(desk: Desk, token: str, id: Id) -> Response:  # noqa: A002
    row = following.one(desk.session, following.subscriber_of(desk.session, token), id)
    stands = {"news": row.news, "pace": row.pace.value, "weekday": str(row.weekday), "version": row.version}
    return _edit(desk, token, row, Posted(desk.language, stands))


@routes.post("/manage/{token}/subscriptions/{id}")
@acting
def change(desk: Desk, token: str, id: Id, form: Posted[ChoiceForm] = posted(ChoiceForm, "version")) -> Response:  # noqa: A002
    row = following.one(desk.session, following.subscriber_of(desk.session, token), id)
    if not form.errors:
        with _unless_stale(form):
            following.change(desk.session, row, form.form, form.numbers["version"])
    return _edit(desk, token, row, form, _status(form)) if form.errors else _to(desk, token, "saved")


@routes.post("/manage/{token}/subscriptions/{id}/removal")
@acting
def stop_one(desk: Desk, token: str, id: Id) -> Response:  # noqa: A002
    """Where it was the last one, the address is forgotten with it, and there is no page to come back to."""
    subscriber = following.subscriber_of(desk.session, token)
    following.stop(desk.session, [following.one(desk.session, subscriber, id)])
    if following.is_known(desk.session, subscriber.id):
        return _to(desk, token, "stopped")
    return RedirectResponse(f"/{desk.language}/follow/left", 303)


# --- leaving from a letter -------------------------------------------------------------------------------------------


@routes.get("/stop/{token}")
@looking
def stopping(desk: Desk, token: str) -> Response:
    """A page with a button; what the link would end. Mail programs press it without a page (RFC 8058)."""
    ended = following.shown(desk.session, desk.language, following.stopped_by(desk.session, token))
    return private(page(desk, "following/stop.html", token=token, ended=ended))


@routes.post("/stop/{token}")
@acting
def stop(desk: Desk, token: str) -> Response:
    """At once, from a mail program too; the answer is the same for a link that ended before, or never was one."""
    following.stop(desk.session, following.stopped_by(desk.session, token))
    return private(page(desk, "following/left.html"))


@routes.get("/left")
@looking
def left(desk: Desk) -> Response:
    return page(desk, "following/left.html")


# --- pages -----------------------------------------------------------------------------------------------------------


def _new(desk: Desk, form: Posted, status: int = 200) -> Response:
    offered = offers.offered(desk.session, desk.language, form.values.get("topics", []), today=desk.today)
    return page(desk, "following/new.html", status, form=form, offers=offered, **_choices(desk))


def _edit(desk: Desk, token: str, row: Subscription, form: Posted, status: int = 200) -> Response:
    (followed,) = following.shown(desk.session, desk.language, [row])
    return private(page(desk, "following/edit.html", status, token=token, followed=followed, form=form, **_choices(desk)))


def _choices(desk: Desk) -> dict[str, Any]:
    language = desk.language
    return {
        "how_often": lambda row: words.how_often(row, language),
        "which_news": lambda row: words.which_news(row, language),
        "news": words.news(language),
        "paces": words.paces(language),
        "days": words.days(language),
    }


def _reach(desk: Desk, subscriber: Subscriber) -> Posted[ReachForm]:
    until = subscriber.paused_until
    day = until.astimezone(BRUSSELS).date().isoformat() if until and until > desk.now else ""
    return Posted(desk.language, {"language": subscriber.language, "paused_until": day, "version": subscriber.version})


def _shown(desk: Desk, token: str, subscriber: Subscriber, form: Posted, status: int = 200, *, done: str = "") -> Response:
    rows = following.of(desk.session, subscriber)
    return private(
        page(
            desk,
            "following/manage.html",
            status,
            token=token,
            subscriber=subscriber,
            form=form,
            done=done if done in DONE else "",
            followed=following.shown(desk.session, desk.language, [row for row in rows if row.confirmed_at]),
            coming=coming.letter(subscriber, rows, desk.calendar, desk.now),
            next_term=desk.calendar.after(desk.calendar.at(desk.today)),
            **_choices(desk),
        )
    )


def _to(desk: Desk, token: str, done: str) -> Response:
    return private(RedirectResponse(f"/{desk.language}/follow/manage/{token}?done={done}", 303))


@contextmanager
def _unless_stale(form: Posted) -> Iterator[None]:
    """Who saves over what somebody changed in between is shown both, and may save again."""
    try:
        yield
    except Stale as stale:
        form.errors[""] = say(form.language, CHANGED)
        form.values["version"] = stale.current.version


def _status(form: Posted) -> int:
    return 409 if "" in form.errors else 422
