"""The mailbox of this machine."""

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from starlette.testclient import TestClient

from relais import mail
from relais.mail import Letter
from relais.settings import settings
from tests.days import NOW
from tests.web.conftest import client
from tests.web.signing_in import set_base_url


@pytest.fixture
def here(engine, house):
    """Somebody at this machine, which is the address of the site too."""
    set_base_url(house, "http://127.0.0.1:8000")
    return TestClient(client().app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50000), follow_redirects=False)


@pytest.fixture
def letter(house):
    mail.post(Letter("emil@relais.test", "Un lien <b>", "Ouvrez http://127.0.0.1:8000/fr/sign-in/abc\n<i>x</i>\n", "<p>x</p>"), NOW)
    mail.post(Letter("sofia@relais.test", "Later", "x", "x"), NOW + timedelta(seconds=1))
    return next(path for path in mail.folder().iterdir() if b"emil" in path.read_bytes())


def test_letters_can_be_read_at_this_machine(here, letter):
    index, shown = here.get("/dev/mailbox"), here.get(f"/dev/mailbox/{letter.name}")

    assert (index.status_code, shown.status_code) == (200, 200)
    assert {index.headers["cache-control"], shown.headers["cache-control"]} == {"no-store"}
    assert re.findall(r"(emil|sofia)@relais.test", index.text) == ["sofia", "emil"]
    assert '<a href="http://127.0.0.1:8000/fr/sign-in/abc"' in shown.text
    assert "&lt;i&gt;x&lt;/i&gt;" in shown.text
    assert message_from_bytes(letter.read_bytes(), _class=EmailMessage, policy=policy.default)["Date"].datetime == datetime.fromisoformat(
        re.search(r'datetime="([^"]+)"', shown.text)[1]
    )


def test_an_empty_mailbox_says_so(here):
    assert "No letter yet." in here.get("/dev/mailbox").text


def test_a_new_letter_shows_at_once(here):
    here.get("/dev/mailbox")
    mail.post(Letter("emil@relais.test", "Fresh", "x", "x"), NOW)

    assert "Fresh" in here.get("/dev/mailbox").text


@pytest.mark.parametrize("name", ["nothing.eml", "..%2f..%2fsecret", "%2e%2e%2fsecret", ".hidden.eml"])
def test_only_letters_are_in_the_mailbox(here, letter, name):
    (mail.folder().parent / "secret").write_text("x")

    assert here.get(f"/dev/mailbox/{name}").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"peer": "198.51.100.7"},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Host": "rebound.example:8000"}},
        {"smtp": "smtp://127.0.0.1:2525"},
        {"base_url": "https://relais.soga.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/dev/mailbox", "/dev/mailbox/{name}"])
def test_nobody_else_learns_of_the_mailbox(engine, house, letter, change, path):
    set_base_url(house, change.get("base_url", "http://127.0.0.1:8000"))
    house.setenv("RELAIS_SMTP_URL", change.get("smtp", ""))
    settings.cache_clear()
    asker = TestClient(client().app, base_url="http://127.0.0.1:8000", client=(change.get("peer", "127.0.0.1"), 50000))

    answer = asker.get(path.format(name=letter.name), headers=change.get("headers", {}))

    assert answer.status_code == 404
    assert "emil" not in answer.text


def test_who_tries_relais_here_is_led_to_the_mailbox(here, visitor):
    assert ("/dev/mailbox" in here.get("/en/sign-in/sent").text, "/dev/mailbox" in visitor.get("/en/sign-in/sent").text) == (True, False)
