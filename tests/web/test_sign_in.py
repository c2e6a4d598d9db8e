import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import sha256

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from models import Event, PersonSession, SignInLink, SignInRequest
from relais import mail, outbox, sign_in
from relais import settings as house_settings
from relais.db import reading, writing
from relais.mail import Letter
from relais.settings import settings
from tests.days import NOW
from tests.web.conftest import client
from web.desk import cookie_name

AWAY = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "%2f%2fevil",
]


def rows(kind):
    with reading() as session:
        return session.exec(select(kind)).all()


def a_link(person, back="/en/proposals/guichet-unique", now=None):
    with writing() as session:
        return sign_in.link_for(session, person, back, now or house_settings.now())


def set_base_url(house, address):
    house.setenv("RELAIS_BASE_URL", address)
    settings.cache_clear()


# --- asking for a link -----------------------------------------------------------------------------------------------


def test_the_form_asks_for_an_address_and_remembers_where_its_reader_was(visitor):
    page = visitor.get("/en/sign-in?next=/en/proposals/guichet-unique%3Fas_of%3D2022-07-01")

    assert page.status_code == 200
    assert 'name="next" value="/en/proposals/guichet-unique?as_of=2022-07-01"' in page.text
    assert ('type="email"' in page.text, 'type="password"' in page.text) == (True, False)


def test_the_form_speaks_the_language_of_its_address(visitor):
    english, french = (re.search("<h1>(.*?)</h1>", visitor.get(f"/{language}/sign-in").text)[1] for language in ("en", "fr"))

    assert (english, french) == ("Sign in to edit", "Se connecter pour modifier")


def test_asking_writes_a_request_and_says_to_look_in_the_mail(visitor, editor):
    answer = visitor.post("/en/sign-in", data={"email": " Emil@relais.test ", "next": "/en/proposals"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sign-in/sent")
    assert [(row.address, row.language, row.next, row.answered_at) for row in rows(SignInRequest)] == [
        ("emil@relais.test", "en", "/en/proposals", None)
    ]
    assert "Look in your mail" in visitor.get("/en/sign-in/sent").text


def test_nothing_tells_a_known_address_from_an_unknown_one(visitor, editor):
    known, unknown = (
        visitor.post("/en/sign-in", data={"email": email, "next": "/"}) for email in ("emil@relais.test", "nobody@relais.test")
    )

    def told(answer):
        return answer.status_code, answer.text, {name: value for name, value in answer.headers.items() if name != "x-request-id"}

    assert told(known) == told(unknown)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": ""}, "Fill this in"),
        ({}, "Fill this in"),
        ({"email": "emil"}, "Write an address such as name@example.org"),
        ({"email": '"><script>x</script>@relais.test'}, "Write an address such as name@example.org"),
        ({"email": "emil@relais.test\x00"}, "This holds characters that cannot be kept"),
        ({"email": f"{'a' * 300}@relais.test"}, "At most 254 characters"),
        ({"email": "emil@relais.test", "admin": "1"}, "This form has no such field"),
    ],
)
def test_what_cannot_be_taken_is_shown_again_with_why(visitor, editor, typed, words):
    page = visitor.post("/en/sign-in", data={**typed, "next": "/en/proposals"})

    assert page.status_code == 422
    assert words in page.text
    assert 'name="next" value="/en/proposals"' in page.text
    assert "<script>x" not in page.text
    assert rows(SignInRequest) == []


def test_what_was_typed_is_kept_beside_its_error(visitor):
    page = visitor.post("/en/sign-in", data={"email": "emil at relais.test"})

    assert 'value="emil at relais.test"' in page.text
    assert '<p class="errmsg" id="email-error">Write an address such as name@example.org</p>' in page.text
    assert 'aria-describedby="email-hint email-error" aria-invalid="true"' in page.text
    assert "<title>Error: Sign in" in page.text


@pytest.mark.parametrize("email", ["emil@relais.test", "nobody@relais.test"])
def test_a_sixth_request_in_a_quarter_of_an_hour_has_to_wait(visitor, editor, email):
    for _ in range(5):
        visitor.post("/en/sign-in", data={"email": email})

    answer = visitor.post("/en/sign-in", data={"email": email})

    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 15 * 60
    assert "Too many tries" in answer.text
    assert len(rows(SignInRequest)) == 5


def test_a_made_up_forwarded_address_evades_no_limit(visitor):
    statuses = [
        visitor.post("/en/sign-in", data={"email": f"p{n}@relais.test"}, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(22)
    ]

    assert statuses == [303] * 20 + [429] * 2


def test_behind_one_proxy_its_own_entry_counts_and_not_what_the_client_wrote(engine, house):
    house.setenv("RELAIS_TRUSTED_PROXIES", "1")
    settings.cache_clear()
    asker = client()

    def ask(n, seen_by_proxy):
        forwarded = {"X-Forwarded-For": f"203.0.113.{n}, {seen_by_proxy}"}
        return asker.post("/en/sign-in", data={"email": f"p{n}@relais.test"}, headers=forwarded).status_code

    assert [ask(n, "198.51.100.7") for n in range(21)] == [303] * 20 + [429]
    assert ask(21, "198.51.100.8") == 303


@pytest.mark.parametrize("away", AWAY)
def test_no_next_leads_to_another_site(visitor, editor, away):
    visitor.post("/en/sign-in", data={"email": "emil@relais.test", "next": away})

    assert [row.next for row in rows(SignInRequest)] == ["/"]
    assert 'name="next" value="/"' in visitor.get("/en/sign-in", params={"next": away}).text


# --- the link --------------------------------------------------------------------------------------------------------


def test_following_the_link_changes_nothing_and_shows_one_button(visitor, editor):
    token = a_link(editor)

    pages = [visitor.get(f"/en/sign-in/{token}") for _ in range(10)]

    assert {page.status_code for page in pages} == {200}
    assert {page.headers["cache-control"] for page in pages} == {"no-store"}
    assert pages[0].text.split("<main")[1].split("</main>")[0].count("<button") == 1
    assert not [page for page in pages if "set-cookie" in page.headers]
    assert (rows(PersonSession), [row.used_at for row in rows(SignInLink)]) == ([], [None])


def test_pressing_the_button_signs_in_and_goes_back_to_where_the_reader_was(visitor, editor):
    answer = visitor.post(f"/en/sign-in/{a_link(editor)}")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/proposals/guichet-unique")
    cookie = answer.headers["set-cookie"]
    name, token = cookie.split(";")[0].split("=", 1)
    assert name == "relais"
    assert sorted(part.strip().lower() for part in cookie.split(";")[1:]) == ["httponly", "max-age=2592000", "path=/", "samesite=lax"]
    assert [row.token_hash for row in rows(PersonSession)] == [sha256(token.encode()).hexdigest()]
    assert "Emil Novák" in visitor.get("/en/account").text


def test_over_https_the_cookie_belongs_to_this_host_alone(engine, editor, house):
    set_base_url(house, "https://relais.soga.example")

    answer = client().post(f"/en/sign-in/{a_link(editor)}")

    name, *rest = answer.headers["set-cookie"].split(";")
    assert name.startswith("__Host-relais=")
    assert sorted(part.strip().lower() for part in rest) == ["httponly", "max-age=2592000", "path=/", "samesite=lax", "secure"]


def test_a_link_works_once(visitor, editor):
    token = a_link(editor)
    visitor.post(f"/en/sign-in/{token}")

    again = client().post(f"/en/sign-in/{token}")

    assert (again.status_code, "set-cookie" in again.headers) == (410, False)
    assert "This link was used already or is too old. Ask for a new one." in again.text


@pytest.mark.parametrize("token", ["x", "sent-", "a" * 43, "%00", "%e2%80%ae", "..%2f..%2fetc", "a" * 5000])
def test_a_link_that_never_was_is_gone(visitor, editor, token):
    assert visitor.post(f"/en/sign-in/{token}").status_code in (404, 410)
    assert rows(PersonSession) == []


def test_an_old_link_is_gone(visitor, editor):
    token = a_link(editor, now=house_settings.now() - timedelta(minutes=31))

    assert visitor.post(f"/en/sign-in/{token}").status_code == 410


def test_signing_in_again_renews_the_session_and_ends_the_one_before(visitor, editor):
    visitor.post(f"/en/sign-in/{a_link(editor)}")
    first = visitor.cookies[cookie_name()]

    visitor.post(f"/en/sign-in/{a_link(editor)}")

    second = visitor.cookies[cookie_name()]
    assert first != second
    assert [row.token_hash for row in rows(PersonSession)] == [sha256(second.encode()).hexdigest()]


def test_a_session_somebody_planted_is_not_taken_over(visitor, editor):
    visitor.cookies.set(cookie_name(), "planted")

    answer = visitor.post(f"/en/sign-in/{a_link(editor)}")

    assert "relais=planted" not in answer.headers["set-cookie"]
    assert sha256(b"planted").hexdigest() not in {row.token_hash for row in rows(PersonSession)}


# --- signing out, and what is one's own ------------------------------------------------------------------------------


def test_signing_out_ends_the_session_on_the_server(as_editor, editor):
    token = as_editor.cookies[cookie_name()]

    answer = as_editor.post("/en/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/")
    assert 'relais="";' in answer.headers["set-cookie"]
    assert rows(PersonSession) == []
    replayed = client()
    replayed.cookies.set(cookie_name(), token)
    assert replayed.get("/en/account").status_code == 303
    assert [(row.kind, row.actor_id, row.public) for row in rows(Event)] == [("signed_out", editor.id, False)]


def test_a_visitor_may_sign_out_too(visitor):
    assert visitor.post("/fr/sign-out").status_code == 303


def test_signing_out_wants_a_post(as_editor):
    assert as_editor.get("/en/sign-out").status_code in (404, 405)
    assert len(rows(PersonSession)) == 1


def test_the_account_shows_what_is_ones_own(as_editor, public_affairs, social_tech):
    page = as_editor.get("/en/account")

    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert ("emil@relais.test" in page.text, "European public affairs" in page.text, "Social tech skills" in page.text) == (
        True,
        True,
        False,
    )
    assert page.text.count("Since 23 Nov 2026, 11:00") == 1
    assert "Sign out everywhere else" not in page.text


def test_a_visitor_signs_in_to_see_the_account(visitor):
    answer = visitor.get("/en/account")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/sign-in?next=/en/account")


def test_one_may_sign_out_everywhere_else(as_editor, editor, as_stranger):
    with writing() as session:
        sign_in.redeem(session, sign_in.link_for(session, editor, "/", NOW), NOW)
    assert "Sign out everywhere else" in as_editor.get("/en/account").text

    answer = as_editor.post("/en/sign-out/elsewhere")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account")
    assert len(rows(PersonSession)) == 2
    assert (as_editor.get("/en/account").status_code, as_stranger.get("/en/account").status_code) == (200, 200)


def test_a_visitor_has_no_sessions_to_end(visitor, as_editor):
    assert visitor.post("/en/sign-out/elsewhere").headers["location"] == "/en/sign-in?next=/en/account"
    assert len(rows(PersonSession)) == 1


def test_who_is_signed_in_is_not_asked_again(as_editor):
    answer = as_editor.get("/en/sign-in")

    assert (answer.status_code, answer.headers["location"]) == (303, "/en/account")


@pytest.mark.parametrize("path", ["/de/sign-in", "/de/sign-in/sent", "/de/account"])
def test_there_is_no_third_language(visitor, path):
    assert visitor.get(path).status_code == 404


def test_the_whole_way_in(visitor, editor):
    """From the page that asks to sign in, through the letter, back to that page."""
    visitor.post("/en/sign-in", data={"email": "emil@relais.test", "next": "/en/account"})
    letters: list[Letter] = []
    outbox.drain(db_engine(), house_settings.now, lambda letter, _: letters.append(letter))

    path = re.search(r"http://testserver(/en/sign-in/\S+)", letters[0].text)[1]
    visitor.get(path)
    back = visitor.post(path).headers["location"]

    assert visitor.get(back).status_code == 200
    with reading() as session:
        kinds = session.exec(select(Event.kind).order_by(col(Event.id))).all()
    assert kinds == ["signed_in"]


def db_engine():
    from relais import db

    return db.engine()


# --- the mailbox of this machine -------------------------------------------------------------------------------------


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
