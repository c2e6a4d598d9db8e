"""The relay picture as scenes ask for it."""

from relais import presidencies, relay
from relais.access import VISITOR
from relais.db import reading
from tests.days import TODAY


def picture(day=TODAY, reader=VISITOR, **asked):
    with reading() as session:
        return relay.picture(session, presidencies.calendar(session), reader, "en", day=day, as_of=day < TODAY, **asked)


def line(picture, slug):
    return next(line for line in picture.lines if line.slug == slug)
