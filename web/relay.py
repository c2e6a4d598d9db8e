"""The relay: the first page."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from models.proposal import Level, Stage
from relais import activity, relay
from relais.activity import seen
from relais.proposals import themes
from relais.relay import Order, ahead
from web.desk import Desk, looking
from web.render import page

routes = APIRouter(prefix="/{language}")


@routes.get("/")
@looking
def index(
    desk: Desk,
    group: str = "",
    theme: str = "",
    origin: str = "",
    stage: str = "",
    level: str = "",
    start: str = "",
    columns: str = "",
    sort: str = "",
    shown: str = "",
) -> Response:
    filters = relay.Filters(group, theme, origin, stage if stage in set(Stage) else "", level if level in set(Level) else "")
    width = int(columns) if columns.isascii() and columns.isdigit() and 1 <= int(columns[:3]) <= 48 else relay.WIDTH
    order = Order(sort) if sort in set(Order) else Order.ORIGIN
    picture = relay.picture(
        desk.session, desk.calendar, desk.reader, desk.language,
        day=desk.day, as_of=desk.as_of is not None, filters=filters, start=start, width=width,
        order=order, unfolded=shown or (relay.ALL if origin else ""),
    )  # fmt: skip
    told: dict[str, Any] = {
        "picture": picture,
        "filters": filters,
        "order": order,
        "choices": themes.choices(desk.session, desk.language),
        "origins": themes.origins(desk.session),
        "work": ahead.before_handover(desk.session, desk.reader, desk.language, picture) if desk.as_of is None else [],
        "changes": activity.latest(desk.session, desk.reader, desk.language, limit=5),
        "news": seen.news(desk.session, desk.reader, desk.language) if desk.as_of is None else None,
        "days_left": (picture.current.ends_on - picture.day).days + 1 if picture.current else 0,
    }
    return page(desk, "relay/index.html", **told)
