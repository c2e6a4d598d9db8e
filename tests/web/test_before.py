"""What members see of the work before the hand-over, on the page of the presidency it goes to."""

from tests.public_record import a_presidency, a_proposal, a_source, an_actor
from tests.web.reading import read


def test_members_are_told_what_is_to_be_done_before_the_handover(engine, visitor, as_observer, as_editor, public_affairs):
    a_source("decision", url="https://example.org/decision")
    for slug, code, starts, ends in (("2026-ie", "IE", "2026-07-01", "2026-12-31"), ("2027-lt", "LT", "2027-01-01", "2027-06-30")):
        an_actor(slug, kind="member_state", code=code)
        a_presidency(slug, starts, ends, state=slug)
    a_proposal("guichet", public_affairs, on="2026-08-01")

    page = read(as_editor.get("/en/presidencies/2027-lt"))

    steps = [item.words for item in page.one(id="before").one("ol").all("li") if item.all("time")]
    assert page.one(id="h-before").words == "Before the handover, 1 January 2027"
    assert [words.split(" 20")[0] for words in steps] == ["20 Nov", "27 Nov", "1 Jan"]
    assert "late" in steps[0]
    assert read(as_observer.get("/en/presidencies/2027-lt")).all(id="before") != []
    assert read(visitor.get("/en/presidencies/2027-lt")).all(id="before") == []
    assert "/en/presidencies/2027-lt#before" in as_editor.get("/en/presidencies/2026-ie").text
