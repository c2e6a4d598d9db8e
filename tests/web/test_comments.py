"""The discussion of a proposal: posting, answering, previewing."""

import pytest

from models import Comment, Event
from tests.public_record import a_comment, a_proposal, counted, moved
from tests.relais.test_markdown import PAYLOADS
from tests.web.filling import NEVER_TYPED, rows
from tests.web.reading import read

PAGE = "/en/proposals/guichet-unique"
POST = f"{PAGE}/comments"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def guichet(public_affairs):
    return a_proposal("guichet-unique", public_affairs)


@pytest.fixture
def mine(guichet, commenter):
    return a_comment(guichet, commenter, "Mine")


def bodies():
    return [comment.body for comment in rows(Comment)]


# --- posting ----------------------------------------------------------------------------------------------------------


def test_a_commenter_posts_for_the_group(as_commenter, guichet, commenter, visitor):
    answer = as_commenter.post(POST, data={"body": "Hello **all**"})

    (comment,) = rows(Comment)
    event = rows(Event)[-1]
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PAGE}#c{comment.id}")
    assert (comment.body, comment.public, comment.author_id, comment.proposal_id) == ("Hello **all**", False, commenter.id, guichet.id)
    assert (event.kind, event.subject_id, event.actor_id, event.public) == ("comment_posted", str(comment.id), commenter.id, False)
    assert ["<strong>all</strong>" in client.get(PAGE).text for client in (as_commenter, visitor)] == [True, False]


def test_a_ticked_comment_is_for_anyone(as_commenter, visitor):
    as_commenter.post(POST, data={"body": "Hello", "public": "true"})

    assert (rows(Comment)[0].public, rows(Event)[-1].public, "<p>Hello</p>" in visitor.get(PAGE).text) == (True, True, True)


def test_to_htmx_the_comment_itself_is_given_announced_with_an_empty_form(as_commenter):
    answer = as_commenter.post(POST, data={"body": "Hello"}, headers=HTMX)

    page, (comment,) = read(answer), rows(Comment)
    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert page.one("li", id=f"c{comment.id}").one("div", class_="md").words == "Hello"
    assert [element["data-announce"] for element in page.all("div") if element["data-announce"]] == ["Comment posted"]
    assert (page.one("form", id="comment-form")["hx-swap-oob"], page.one("textarea", name="body").words) == ("outerMorph", "")


def test_beside_the_field_stands_who_will_read_it(as_commenter):
    page = read(as_commenter.get(PAGE))

    (field,) = page.all("textarea", name="body")
    assert page.one("p", id=(field["aria-describedby"] or "").split()[0]).words.startswith("Visible to working groups only.")
    assert (page.one("input", name="public").attributes.get("checked", "no"), field["data-draft"]) == ("no", "comment:guichet-unique")


def test_an_answer_joins_its_thread(as_commenter, mine, commenter):
    form = read(as_commenter.get(f"/en/comments/{mine.id}/reply"))
    answer = as_commenter.post(POST, data={"body": "And yours", "parent": form.one("input", name="parent")["value"]})

    reply = rows(Comment)[-1]
    assert (reply.parent_id, answer.headers["location"]) == (mine.id, f"{PAGE}#c{reply.id}")
    assert (
        read(as_commenter.get(PAGE)).one("li", id=f"c{mine.id}").one("li", id=f"c{reply.id}").one("div", class_="md").words == "And yours"
    )


def test_an_answer_to_htmx_takes_the_focus_and_its_form_goes(as_commenter, mine):
    page = read(as_commenter.post(POST, data={"body": "And yours", "parent": str(mine.id)}, headers=HTMX))

    assert ("data-focus" in page.one("div", id=f"said-{rows(Comment)[-1].id}").attributes, page.all("form")) == (True, [])
    assert page.one("div", id=f"reply-{mine.id}")["hx-swap-oob"] == "true"


@pytest.mark.parametrize(
    "typed",
    [
        {"body": ""},
        {"body": "  \n "},
        {},
        {"body": "x" * 20_001},
        *({"body": typed} for typed in NEVER_TYPED.values()),
        {"body": "Hello", "public": "perhaps"},
        {"body": "Hello", "parent": "x"},
        {"body": "Hello", "parent": "99"},
        {"body": "Hello", "parent": "0"},
        {"body": "Hello", "parent": "99999999999999999999"},
        {"body": "Hello", "author_id": "1"},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_a_wrong_comment_is_refused_and_what_was_typed_is_kept(as_commenter, typed, headers):
    answer = as_commenter.post(POST, data=typed, headers=headers)

    page = read(answer)
    assert (answer.status_code, "<html" in answer.text, rows(Comment)) == (422, not headers, [])
    assert [notice["role"] for notice in page.all("div", class_="err")] == ["alert"]
    area = page.one("textarea", name="body")
    assert "".join(area.inside).removeprefix("\n") == typed.get("body", "")


def test_a_lone_percent_is_a_percent(as_commenter):
    as_commenter.post(POST, content="body=100+%+%zz", headers={"Content-Type": "application/x-www-form-urlencoded"})

    assert bodies() == ["100 % %zz"]


def test_a_public_answer_to_a_group_only_comment_is_refused(as_commenter, mine):
    answer = as_commenter.post(POST, data={"body": "For all", "parent": str(mine.id), "public": "true"})

    assert (answer.status_code, "stays in the group" in answer.text, bodies()) == (422, True, ["Mine"])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_an_ended_proposal_takes_no_comment_and_gives_the_words_back(as_commenter, guichet, headers):
    moved(guichet, "dropped", reason_en="Given up")

    answer = as_commenter.post(POST, data={"body": "Still?"}, headers=headers)

    assert (answer.status_code, read(answer).one("textarea", name="body").words, bodies()) == (409, "Still?", [])
    assert read(as_commenter.get(PAGE)).one("section", id="discussion").all("textarea") == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_written_acts_on_any_page(as_commenter, visitor, payload):
    fragment = as_commenter.post(POST, data={"body": payload, "public": "true"}, headers=HTMX).text
    preview = as_commenter.post(f"{POST}/preview", data={"body": payload}, headers=HTMX).text

    for text in (fragment, preview, visitor.get(PAGE).text):
        for written in read(type("Answer", (), {"text": text})).all("div", class_="md"):
            active = [
                element.tag
                for element in written.all()
                if element.tag in {"script", "img", "svg", "iframe", "form", "style", "meta", "div"}
            ]
            links = [link["href"] for link in written.all("a") if not (link["href"] or "").startswith(("http://", "https://", "mailto:"))]
            handlers = [
                name for element in written.all() for name in element.attributes if name.startswith(("on", "hx-", "data-", "style"))
            ]
            assert (active, links, handlers, "hx-ignore" in written.attributes) == ([], [], [], True)


def test_a_post_without_script_asks_who_where_and_whether_it_was_sent_before_and_writes_three_rows(as_commenter, guichet, engine):
    as_commenter.post(POST, data={"body": "The first"})

    with counted(engine) as said:
        as_commenter.post(POST, data={"body": "Hello"})

    # The comment, the stage and themes that go with its words in the index, these, the event. PostgreSQL takes the lock of the
    # ledger, and wakes who waits for news.
    lock, lock_and_wake = (["SELECT"], ["SELECT", "SELECT"]) if engine.dialect.name == "postgresql" else ([], [])
    written = ["SELECT", "SELECT", *lock, "SELECT", "INSERT", *lock_and_wake, "SELECT", "INSERT", "INSERT"]
    assert [statement.split()[0] for statement in said] == written


def test_the_page_takes_as_many_queries_with_one_comment_as_with_three(as_commenter, guichet, commenter, engine):
    as_commenter.get(PAGE)  # the rest of the page is made once (tests/web/test_article.py)
    told = []
    for more in (1, 2):
        for one in range(more):
            a_comment(guichet, commenter, "Again", parent=a_comment(guichet, commenter, f"Hello {more} {one}").id)
        with counted(engine) as said:
            as_commenter.get(PAGE)
        told.append(len(said))

    assert told[0] == told[1]


def test_no_address_of_anybody_is_on_the_page(as_commenter, visitor, guichet, commenter):
    a_comment(guichet, commenter, "Hello", public=True)

    assert ["@relais.test" in client.get(PAGE).text for client in (as_commenter, visitor)] == [False, False]


# --- preview ----------------------------------------------------------------------------------------------------------


def test_a_preview_shows_what_it_will_be_and_keeps_nothing(as_commenter):
    fragment = as_commenter.post(f"{POST}/preview", data={"body": "**Oui**", "public": "true"}, headers=HTMX)
    page = as_commenter.post(f"{POST}/preview", data={"body": "**Oui**", "public": "true"})

    assert (fragment.status_code, "<strong>Oui</strong>" in fragment.text, "<form" in fragment.text) == (200, True, False)
    assert (page.status_code, "<strong>Oui</strong>" in page.text, read(page).one("textarea", name="body").words) == (200, True, "**Oui**")
    assert ("checked" in read(page).one("input", name="public").attributes, rows(Comment)) == (True, [])


@pytest.mark.parametrize(("typed", "status"), [("", 200), ("x" * 20_001, 422), ("\x00", 422)])
def test_a_preview_of_nothing_or_of_too_much(as_commenter, typed, status):
    assert as_commenter.post(f"{POST}/preview", data={"body": typed}).status_code == status


# --- who may ----------------------------------------------------------------------------------------------------------


def test_a_visitor_signs_in_and_comes_back_to_the_proposal(visitor):
    for path in (POST, f"{POST}/preview"):
        answer = visitor.post(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/en/sign-in?next={PAGE}")


def test_a_visitor_on_htmx_is_sent_to_sign_in(visitor):
    answer = visitor.post(POST, data={"body": "Hello"}, headers=HTMX)

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, f"/en/sign-in?next={PAGE}")


@pytest.mark.parametrize(("who", "status"), [("as_stranger", 404), ("as_observer", 403)])
def test_who_does_not_comment(request, who, status):
    client = request.getfixturevalue(who)

    assert [client.post(path, data={"body": "Hello"}).status_code for path in (POST, f"{POST}/preview")] == [status, status]
    assert rows(Comment) == []


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
def test_a_comment_of_the_group_is_not_there_for_others(request, mine, who):
    client = request.getfixturevalue(who)

    assert [client.get(f"/en/comments/{mine.id}/{act}").status_code for act in ("edit", "reply")] == [404, 404]


@pytest.mark.parametrize("who", ["visitor", "as_stranger"])
def test_a_private_proposal_is_not_there_for_outsiders(request, public_affairs, commenter, who):
    comment = a_comment(a_proposal("en-interne", public_affairs, public=False), commenter, "Hello", public=True)
    client = request.getfixturevalue(who)

    assert client.post("/en/proposals/en-interne/comments", data={"body": "Hello"}).status_code == 404
    assert client.get(f"/en/comments/{comment.id}/edit").status_code == 404


@pytest.mark.parametrize("id", ["0", "99", "99999999999999999999", "x", "%00", "%"])
def test_a_comment_that_is_not_there_is_missing(as_commenter, id):  # noqa: A002
    asked = [as_commenter.get(f"/en/comments/{id}/edit"), as_commenter.post(f"/en/comments/{id}/removal", data={"version": "1"})]

    assert [answer.status_code for answer in asked] == [404, 404]
