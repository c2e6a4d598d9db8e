import re
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlmodel import col, select

from models import Event, PersonSession, SignInLink, SignInRequest
from relais import outbox
from relais import settings as house_settings
from relais.db import reading
from relais.mail import Letter
from relais.settings import settings
from tests.web.conftest import client
from tests.web.signing_in import a_link, rows, set_base_url
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
