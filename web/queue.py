"""What waits for a decision of the editor who asks."""

from fastapi import APIRouter
from fastapi.responses import Response

from relais import queue
from web.desk import Desk, looking
from web.render import page

routes = APIRouter(prefix="/{language}")


@routes.get("/queue")
@looking
def index(desk: Desk) -> Response:
    desk.must_be_signed_in()
    return page(desk, "queue/index.html", shares=queue.of(desk.session, desk.reader, desk.language))
