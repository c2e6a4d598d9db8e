"""What waits for an editor, as a page."""

from tests.public_record import a_position, a_proposal, a_source, an_actor, an_entry, counted
from tests.web.reading import read


def test_each_line_says_what_it_is_since_when_and_leads_to_where_it_is_decided(as_editor, public_affairs):
    guichet = a_proposal("guichet-unique", public_affairs)
    an_actor("france", name_en="France")
    position = a_position(guichet, "france")
    entry = an_entry("decision", leads=(guichet,), title_en="A decision")

    page = read(as_editor.get("/en/queue"))

    assert page.one("p", class_="lead").words == "3 decisions wait for an editor of your groups."
    assert [heading.words for heading in page.one("main").all("h2") + page.one("main").all("h3")] == [
        "European public affairs 3", "Titre de guichet-unique",
    ]  # fmt: skip
    assert [(line.words, line.one("a")["href"]) for line in page.one("ul", class_="todo").all("li")] == [
        ("Check a lead: A decision waiting since 23 Nov 2026", f"/en/proposals/guichet-unique#e{entry.id}"),
        ("Give a position its source: France, supports waiting since 23 Nov 2026", f"/en/positions/{position.id}/citations/new"),
        ("Give a change of stage its source: published waiting since 23 Nov 2026", "/en/moves/1/citations/new"),
    ]  # fmt: skip


def test_each_line_leads_somewhere(as_editor, public_affairs):
    guichet = a_proposal("guichet-unique", public_affairs)
    an_actor("france")
    a_position(guichet, "france")
    an_entry("decision", leads=(guichet,))

    links = [link["href"] for link in read(as_editor.get("/en/queue")).one("ul", class_="todo").all("a")]

    assert [as_editor.get(link).status_code for link in links] == [200, 200, 200]


def test_who_edits_nowhere_is_told_so(as_commenter, as_editor, public_affairs):
    a_source("report")
    a_proposal("guichet-unique", public_affairs, cites="report")

    leads = [read(client.get("/en/queue")).one("p", class_="lead").words for client in (as_commenter, as_editor)]

    assert leads == ["Decisions wait for editors; you edit in no group.", "No decision waits in a group you edit in."]


def test_the_page_takes_as_many_queries_for_one_as_for_three(as_editor, public_affairs, engine):
    guichet = a_proposal("guichet-unique", public_affairs)
    taken = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            an_actor(f"actor-{number}")
            a_position(guichet, f"actor-{number}")
            an_entry(f"lead-{number}", leads=(guichet,))
        with counted(engine) as said:
            as_editor.get("/en/queue")
        taken.append(len(said))

    assert taken[0] == taken[1]
