"""The page of what happened, and what of it is new to its reader."""

from datetime import timedelta

import pytest

from models import Person
from models.event import EventKind
from relais import ledger
from relais.activity.words import ACTS, NEWS, ActWords
from relais.db import reading, writing
from relais.i18n import LANGUAGES
from tests.public_record import a_comment, a_proposal, moved
from tests.web.reading import read

PAGE = "/en/activity"


def told(answer):
    return [item.words.rsplit(" 23 Nov", 1)[0] for item in read(answer).one("main").all("li")]


def newest():
    with reading() as session:
        return ledger.newest(session)


def seen_by(person):
    with reading() as session:
        return session.get_one(Person, person.id).seen_event_id


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


# --- the page --------------------------------------------------------------------------------------------------------


def test_visitors_read_what_was_recorded_in_both_languages(visitor, guichet):
    assert told(visitor.get(PAGE)) == [
        "Stage moved: Titre de guichet published",
        "Text saved: Titre de guichet French, revision 1",
        "Proposal added: Titre de guichet",
    ]
    assert "Étape changée\u00a0: " in visitor.get("/fr/activity").text
    assert read(visitor.get(PAGE)).one("main").all("li")[0].words.endswith("· Relais")


def test_what_is_private_leaks_to_nobody_outside(visitor, as_stranger, as_observer, guichet, editor, public_affairs):
    a_proposal("quiet", public_affairs, public=False)
    a_comment(guichet, editor, "Among us.")

    texts = [reader.get(PAGE).text for reader in (visitor, as_stranger, as_observer)]

    assert ["quiet" in text for text in texts] == [False, False, True]
    assert ["Comment on" in text for text in texts] == [False, False, True]


def test_an_unseen_proposal_is_not_here_and_an_unknown_group_neither(visitor, as_observer, public_affairs):
    a_proposal("quiet", public_affairs, public=False)

    paths = ("?proposal=quiet", "?proposal=none", "?group=none")
    assert [visitor.get(PAGE + path).status_code for path in paths] == [404, 404, 404]
    assert as_observer.get(f"{PAGE}?proposal=quiet").status_code == 200


def test_it_is_narrowed_by_plain_addresses(visitor, as_observer, guichet, editor, public_affairs, social_tech):
    a_proposal("tarif", social_tech)
    a_comment(guichet, editor, "Among us.")

    assert told(visitor.get(f"{PAGE}?news=texts&proposal=guichet")) == ["Text saved: Titre de guichet French, revision 1"]
    assert [line.split(": ")[1].split()[2] for line in told(visitor.get(f"{PAGE}?group=social-tech-skills"))] == ["tarif"] * 3
    assert told(as_observer.get(f"{PAGE}?person={editor.id}")) == ["new Comment on Titre de guichet"]
    assert len(told(visitor.get(f"{PAGE}?person={editor.id}"))) > 1  # visitors narrow by nobody


@pytest.mark.parametrize("query", ["?news=gossip", "?person=x", "?person=99", "?before=x", "?before=99999999999999999999"])
def test_what_is_no_filter_is_none(as_observer, guichet, query):
    assert told(as_observer.get(PAGE + query)) == told(as_observer.get(PAGE))


def test_nobody_may_be_looked_for_who_is_in_another_group(as_stranger, guichet, editor, stranger):
    page = read(as_stranger.get(PAGE))

    assert [option.words for option in page.one("select", id="f-person").all("option")] == ["Everybody", "Sofia Pires"]


def test_the_group_and_the_proposal_lead_to_it(visitor, guichet):
    for page, path in (
        ("/en/groups/european-public-affairs", "?group=european-public-affairs"),
        ("/en/proposals/guichet", "?proposal=guichet"),
    ):
        assert f'href="{PAGE}{path}"' in visitor.get(page).text


def test_an_empty_activity_says_so(visitor, engine):
    answer = visitor.get(PAGE)

    assert (answer.status_code, read(answer).one("div", class_="empty").one("h2").words) == (200, "Nothing to show")


def test_older_is_one_link_by_the_last_event(visitor, editor, guichet):
    with writing() as session:
        for number in range(41):
            at = guichet.created_at.replace(minute=number + 1)
            ledger.record(session, EventKind.COMMENT_POSTED, guichet, at=at, by=editor, proposal=guichet)

    page = read(visitor.get(PAGE))
    (link,) = [one for one in page.one("main").all("a") if one["rel"] == "next"]

    assert (len(page.one("main").all("li")), len(told(visitor.get(link["href"])))) == (40, 4)


# --- every act in words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_has_its_own_words(language):
    said = [ActWords(language)._(ACTS[kind]) for kind in EventKind]

    assert len(set(said)) == len(EventKind) == len(ACTS)
    assert len({words for _, words in ActWords(language).news_choices()}) == len(NEWS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_of_any_kind_can_be_told_with_or_without_a_proposal(language, as_coordinator, coordinator, guichet, public_affairs):
    with writing() as session:
        for minute, kind in enumerate(EventKind):
            at = guichet.created_at + timedelta(minutes=minute)
            how = {"at": at, "by": coordinator, "group_id": public_affairs.id}
            ledger.record(session, kind, guichet, proposal=guichet, **({"to": "backed"} if kind is EventKind.STAGE_MOVED else {}), **how)
            ledger.record(session, kind, public_affairs, **({"to": "backed"} if kind is EventKind.STAGE_MOVED else {}), **how)

    pages = [as_coordinator.get(f"/{language}/activity?news={news}") for news in NEWS]

    assert {page.status_code for page in pages} == {200}


# --- since the last visit --------------------------------------------------------------------------------------------


def test_what_is_new_is_told_by_proposal_on_the_relay_and_on_its_page(as_observer, observer, guichet, editor):
    as_observer.post(f"{PAGE}/seen", data={"upto": str(newest())})
    before = as_observer.get("/en/").text
    a_comment(guichet, editor, "Look.")
    moved(guichet, "taken_up", "2022-07-01")

    relay, page = read(as_observer.get("/en/")), read(as_observer.get(f"{PAGE}?since=seen"))

    assert "since your last visit" not in before
    assert relay.one("section", labelled="h-seen").words.startswith(
        "2 acts are new since your last visit Titre de guichet: 2 See what is new"
    )
    assert [section.one("h2").words for section in page.one("main").all("section", class_="mt5")] == ["Titre de guichet"]
    assert [item.words.split(" Titre")[0] for item in page.one("main").all("li")] == ["new Stage moved:", "new Comment on"]


def test_marking_all_as_seen_makes_it_old_and_leads_back(as_observer, observer, guichet):
    form = read(as_observer.get("/en/")).one("section", labelled="h-seen").one("form")
    fields = {field["name"]: field["value"] for field in form.all("input")}

    answer = as_observer.post(form["action"], data=fields)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/en/")
    assert (seen_by(observer), "since your last visit" in as_observer.get("/en/").text) == (newest(), False)
    assert told(as_observer.get(f"{PAGE}?since=seen")) == []


def test_what_came_after_the_page_was_made_stays_new(as_observer, observer, guichet, editor):
    upto = newest()
    a_comment(guichet, editor, "Just now.")

    as_observer.post(f"{PAGE}/seen", data={"upto": str(upto)})

    assert [line.removeprefix("new ") for line in told(as_observer.get(f"{PAGE}?since=seen"))] == ["Comment on Titre de guichet"]


@pytest.mark.parametrize("upto", ["", "x", "-1", "0", "999999"])
def test_a_number_that_is_none_or_lies_ahead_changes_nothing(as_observer, observer, guichet, upto):
    answer = as_observer.post(f"{PAGE}/seen", data={"upto": upto})

    assert (answer.status_code, seen_by(observer)) == (303, 0)


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org"])
def test_it_leads_to_no_other_site(as_observer, guichet, back):
    assert as_observer.post(f"{PAGE}/seen", data={"upto": "1", "back": back}).headers["Location"] == "/"


def test_visitors_have_no_last_visit(visitor, guichet):
    answers = [visitor.get(f"{PAGE}?since=seen"), visitor.post(f"{PAGE}/seen", data={"upto": "1"})]

    assert [answer.headers["Location"] for answer in answers] == [
        "/en/sign-in?next=/en/activity%3Fsince%3Dseen", "/en/sign-in?next=/en/activity",
    ]  # fmt: skip
    assert "h-seen" not in visitor.get("/en/").text
