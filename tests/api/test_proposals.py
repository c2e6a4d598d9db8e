"""GET /proposals: who is listed, by what, and on what day."""

from datetime import date

import pytest
from sqlalchemy import event

from relais.db import writing
from relais.texts import TextForm, save
from tests.days import NOW
from tests.exported import exported, exported_one
from tests.public_record import a_comment, a_corrected_position, a_position, a_proposal, a_source, a_theme, an_actor, counted, moved


def slugs(answer):
    assert answer.status_code == 200, answer.text
    return [item["slug"] for item in answer.json()["items"]]


def test_the_list_shows_what_the_export_shows_in_both_languages(api, public_affairs, editor):
    first, _second = a_proposal("guichet", public_affairs), a_proposal("fondation", public_affairs, "2022")
    with writing() as session:
        save(session, first, "en", TextForm(title="One-stop shop"), base=0, by=editor, now=NOW)

    answer = api.get("proposals")

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {"items": exported()["proposals"], "next": None}
    assert [list(item["texts"]) for item in answer.json()["items"]] == [["en", "fr"], ["fr"]]


def test_an_empty_record_is_an_empty_page(api):
    assert api.get("proposals").json() == {"items": [], "next": None}


def test_a_proposal_is_what_the_export_says_of_it(api, public_affairs):
    an_actor("mednum")
    a_position(a_proposal("guichet", public_affairs), "mednum")

    answer = api.get("proposals/guichet")

    assert answer.status_code == 200
    assert answer.json() == exported_one("guichet")


def test_a_proposal_on_a_day_is_what_the_export_says_of_that_day(api, public_affairs):
    moved(a_proposal("guichet", public_affairs, "2022-01-01"), "backed", "2023")

    answer = api.get("proposals/guichet?as_of=2023-06-01")

    assert answer.json() == exported_one("guichet", date(2023, 6, 1))
    assert answer.json()["proposal"]["stage"]["name"] == "published"


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("stage=backed", ["eu-backed"]),
        ("stage=published", ["eu", "national"]),
        ("theme=commons", ["eu-backed", "national"]),
        ("theme=nothing", []),
        ("group=social-tech-skills", ["national"]),
        ("level=national", ["national"]),
        ("actor=mednum", ["eu-backed"]),
        ("actor=soga", ["national"]),
        ("origin=paper", ["eu"]),
        ("origin=nothing", []),
        ("theme=commons&level=eu", ["eu-backed"]),
        ("stage=published&actor=mednum", []),
    ],
)
def test_a_filter_chooses(api, public_affairs, social_tech, editor, asked, listed):
    for theme in ("commons", "skills"):
        a_theme(theme)
    for actor in ("mednum", "soga"):
        an_actor(actor)
    a_source("paper")
    a_proposal("eu", public_affairs, themes=["skills"], origin="paper")
    backed = a_proposal("eu-backed", public_affairs, themes=["commons", "skills"])
    moved(backed, "backed")
    a_position(backed, "mednum")
    national = a_proposal("national", social_tech, themes=["commons"], level="national")
    mistaken = a_position(national, "mednum")
    a_corrected_position(national, mistaken, editor, actor="soga", stance="supports")

    assert slugs(api.get(f"proposals?{asked}")) == listed


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("as_of=2021-12-31", []),
        ("as_of=2022-01-01", ["guichet"]),
        ("as_of=2023-01-31", ["guichet", "fondation"]),
        ("as_of=2023-01-30&stage=backed", []),
        ("as_of=2023-01-31&stage=backed", ["guichet"]),
        ("as_of=2023-01-31&stage=published", ["fondation"]),
        ("as_of=2023-12-30&actor=mednum", []),
        ("as_of=2023-12-31&actor=mednum", ["guichet"]),
        ("as_of=2026-11-23&stage=dropped", ["guichet"]),
        ("as_of=2026-11-22&stage=dropped", []),
    ],
)
def test_a_filter_asks_the_day_in_question(api, public_affairs, asked, listed):
    an_actor("mednum")
    guichet = a_proposal("guichet", public_affairs, "2022-01-01")
    a_proposal("fondation", public_affairs, "2023-01-15")
    moved(guichet, "backed", "2023-01")
    moved(guichet, "dropped", reason_fr="Abandonnée.")
    a_position(guichet, "mednum", on="2023")

    assert slugs(api.get(f"proposals?{asked}")) == listed


def test_what_is_for_the_group_is_not_here(api, public_affairs, editor):
    an_actor("mednum")
    shown, hidden = a_proposal("guichet", public_affairs), a_proposal("canary", public_affairs, public=False)
    a_position(shown, "mednum", note_fr="canary", public=False)
    a_comment(shown, editor, "canary")
    a_position(hidden, "mednum")

    assert (api.get("proposals/canary").status_code, slugs(api.get("proposals?actor=mednum"))) == (404, [])
    for address in ("proposals", "proposals?as_of=2026-01-01", "proposals/guichet"):
        answer = api.get(address)

        assert (answer.status_code, "canary" in answer.text, "@" in answer.text) == (200, False, False)


def test_three_proposals_ask_as_often_as_one(api, engine, public_affairs):
    an_actor("mednum")

    def asked(slug):
        a_position(a_proposal(slug, public_affairs), "mednum")
        counts = []
        for query in ("", "?as_of=2026-01-01", "?actor=mednum&limit=1"):
            with counted(engine) as statements:
                api.get(f"proposals{query}")
            counts.append(len(statements))
        return counts

    one, _two, three = asked("a"), asked("b"), asked("c")

    assert three == one


def test_a_session_cookie_opens_nothing_here(api, engine, public_affairs, editor):
    read = []
    a_proposal("canary", public_affairs, public=False)
    event.listen(engine, "before_cursor_execute", lambda *said: read.append(said[2]))

    answer = api.get("proposals/canary", headers={"Cookie": "session=any; __Host-session=any"})

    assert (answer.status_code, [statement for statement in read if "sessions" in statement]) == (404, [])
