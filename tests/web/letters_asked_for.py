"""Letters asked for at the HTML door: the form is sent, the worker writes, and the links of its letters are followed."""

from models.topic import USUAL
from relais import outbox
from relais.settings import now
from tests.relais.postbox import Postbox

FORM = {"topics": ["everything"], "news": [kind.value for kind in USUAL], "pace": "weekly", "weekday": "0", "language": "en"}
INES = "ines@relais.test"


def asked(client, email=INES, **choices):
    return client.post("/en/follow", data={**FORM, "email": email, **choices})


def letters(engine):
    post = Postbox()
    outbox.drain(engine, now, post)
    return list(post)


def link(letter, purpose):
    """The path of the one link of that purpose."""
    (found,) = {words for words in letter.text.split() if f"/follow/{purpose}/" in words}
    return found.removeprefix("http://testserver")


def confirmed(client, engine, email=INES, **choices):
    """The path of the page of the letters of somebody who asked and confirmed."""
    asked(client, email, **choices)
    (letter,) = letters(engine)
    answer = client.post(link(letter, "confirm"))
    return answer.headers["Location"].partition("?")[0]
