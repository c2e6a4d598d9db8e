"""The hand-over in the browser: from what is left to do, to the brief, to the packet that stays; on screen, on paper and as files."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from models import Person
from tests.browser.browsing import Browsing
from tests.browser.running_site import Site
from tests.browser.ways import WAYS

NEXT = "/en/presidencies/2027-lt"
PAPER = (595, 842)  # A4 in points
A_PAGE = re.compile(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]")


def downloaded(page: Page, name: str, path: Path) -> bytes:
    with page.expect_download() as found:
        page.get_by_role("link", name=name, exact=True).click()
    found.value.save_as(path)
    return path.read_bytes()


@WAYS
def test_an_editor_goes_from_what_is_left_to_do_to_a_packet_others_can_cite(
    site: Site, browsing: Browsing, editor: Person, tmp_path: Path, script: bool, size: tuple[int, int]
):
    mine, theirs = browsing.open(editor, script=script, size=size), browsing.open(script=script, size=size)
    mine.goto(NEXT)
    expect(mine.locator("#before")).to_contain_text("Begin what is planned")
    mine.get_by_role("link", name="The brief to take along").click()
    expect(mine.get_by_role("heading", level=1)).to_have_text("Handover brief: Ireland to Lithuania")

    mine.get_by_role("link", name=re.compile("^Freeze (the brief|a correction)")).last.click()
    if mine.get_by_label("What is corrected, and why").count():
        mine.get_by_label("What is corrected, and why").fill("What was recorded since")
    mine.get_by_role("button", name=re.compile("^Freeze packet")).click()
    expect(mine).to_have_url(re.compile(r"/en/presidencies/2027-lt/packets/\d+$"))

    theirs.goto(mine.url)
    digest = theirs.locator("code").inner_text()
    assert hashlib.sha256(theirs.request.get(f"{mine.url}.json").body()).hexdigest() == digest
    assert downloaded(theirs, "Word document", tmp_path / "packet.docx")[:2] == b"PK"


def test_a_brief_as_of_a_day_stands_on_paper_with_its_address(browsing: Browsing, site: Site):
    page = browsing.open()
    page.goto("/en/presidencies/2022-cz/brief?as_of=2022-07-01")
    expect(page.locator("article")).to_contain_text(re.compile(r"\d+ proposals moved\."))
    pdf = page.pdf(prefer_css_page_size=True, tagged=True)
    page.emulate_media(media="print")

    assert {(round(float(width)), round(float(height))) for width, height in A_PAGE.findall(pdf)} == {PAPER}
    expect(page.locator("aside.rail")).to_be_hidden()
    expect(page.locator("p.only-print")).to_contain_text(f"{site.url}/en/presidencies/2022-cz/brief?as_of=2022-07-01")


@WAYS
def test_a_gap_in_the_calendar_is_refused_where_it_was_typed(browsing: Browsing, coordinator: Person, script: bool, size: tuple[int, int]):
    browsing.expects(422)
    page = browsing.open(coordinator, script=script, size=size)
    page.goto("/en/presidencies")
    page.get_by_role("link", name="Add the next presidency").click()
    expect(page.get_by_label("Starts on")).to_have_value("2031-01-01")
    page.get_by_label("Member state").select_option("france")
    page.get_by_label("Starts on").fill("2031-07-01")
    page.get_by_label("Trio").fill("FR CZ SE")
    page.get_by_label("Decision that sets it").select_option(index=1)
    page.get_by_label("Day of the decision").fill("2026-11-01")
    page.get_by_role("button", name="Add the presidency").click()

    expect(page.locator("#f-starts_on-e")).to_have_text("This leaves a gap: the last known presidency ends on 2030-12-31")
    expect(page.get_by_label("Trio")).to_have_value("FR CZ SE")


def test_milestones_are_narrowed_to_one_proposal(browsing: Browsing):
    page = browsing.open()
    page.goto("/en/presidencies/2022-fr")
    whole = page.locator("#milestones li").count()
    page.get_by_label("Of one proposal").select_option("guichet-unique")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("proposal=guichet-unique"))
    assert 2 < page.locator("#milestones li").count() < whole
