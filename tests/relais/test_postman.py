"""Letters go over one connection while there are any: opened anew when it was lost, or has carried enough."""

import pytest

from relais import mail
from relais.mail import Letter, NotPosted, Postman
from relais.settings import settings
from tests.days import NOW
from tests.relais.mail_server import Scripted, mail_server

LETTER = Letter("emil@relais.test", "A link", "Open it.\n", "<p>Open it.</p>\n")


class Counting(Scripted):
    """Counts its connections; `goes` are the letters after which it says good-bye on its own."""

    def __init__(self, *goes, **script):
        super().__init__(**script)
        self.goes, self.connections = goes, 0

    async def handle_EHLO(self, _server, session, _envelope, host, said):  # noqa: N802
        self.connections += 1
        session.host_name = host
        return said

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        said = await super().handle_DATA(server, session, envelope)
        if len(self.taken) in self.goes:
            server.transport.close()
        return said


def through(house, port):
    house.setenv("RELAIS_SMTP_URL", f"smtp://127.0.0.1:{port}")
    settings.cache_clear()


def test_letters_go_over_one_connection(house):
    server = Counting()
    with mail_server(server) as port:
        through(house, port)
        postman = Postman()
        for _ in range(5):
            postman(LETTER, NOW)
        postman.rest()

    assert (len(server.taken), server.connections) == (5, 1)


def test_after_a_rest_a_connection_is_opened_anew(house):
    server = Counting()
    with mail_server(server) as port:
        through(house, port)
        postman = Postman()
        for _ in range(2):
            postman(LETTER, NOW)
            postman.rest()

    assert (len(server.taken), server.connections) == (2, 2)


def test_a_connection_carries_so_many_and_no_more(house, monkeypatch):
    monkeypatch.setattr(mail, "AT_MOST", 2)
    server = Counting()
    with mail_server(server) as port:
        through(house, port)
        postman = Postman()
        for _ in range(5):
            postman(LETTER, NOW)
        postman.rest()

    assert (len(server.taken), server.connections) == (5, 3)


def test_a_refused_letter_leaves_the_connection_for_the_next(house):
    server = Counting(recipient=("550 nobody",), letter=("451 later",))
    with mail_server(server) as port:
        through(house, port)
        postman = Postman()
        for again in (False, True):
            with pytest.raises(NotPosted) as refused:
                postman(LETTER, NOW)
            assert refused.value.again is again
        postman(LETTER, NOW)
        postman.rest()

    assert (len(server.taken), server.connections) == (1, 1)


def test_a_server_that_went_away_between_two_letters_is_found_again(house):
    server = Counting(1)
    with mail_server(server) as port:
        through(house, port)
        postman = Postman()
        with pytest.raises(NotPosted) as lost:  # it closes before it says that it has taken it
            postman(LETTER, NOW)
        postman(LETTER, NOW)
        postman.rest()

    assert (lost.value.again, server.connections) == (True, 2)


def test_a_postman_without_a_server_keeps_files(house):
    postman = Postman()
    postman(LETTER, NOW)
    postman.rest()

    assert len(list(mail.folder().iterdir())) == 1
