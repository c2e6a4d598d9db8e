"""Snapshots at the HTML door: frozen by members, read and cited by everybody in every form, withdrawn by coordinators."""

from hashlib import sha256
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from docx import Document
from openpyxl import load_workbook

from models import Snapshot
from relais import VERSION
from relais.errors import Missing
from relais.i18n import long_day
from relais.settings import BRUSSELS, settings
from relais.snapshots import citing
from tests.asks import a_calendar
from tests.exported import valid
from tests.public_record import a_position, a_proposal, a_source, an_entry
from tests.web.filling import HOSTILE, kept, rows, wrong
from tests.web.reading import read
from web.report_files import WRITERS

NEW = "/en/reports/snapshots/new"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def guichet(public_affairs):
    a_calendar()
    a_source("rapport", title="Rapport", url="https://rapport.test/communs")
    proposal = a_proposal("guichet", public_affairs, cites="rapport")
    a_position(proposal, "france", on="2022-06-21", cites="rapport")
    an_entry("vote", proposal, on="2022-09-01")
    return proposal


def frozen(client, query="", title="The relay", page=NEW):
    answer = client.post(page + query, data={"title": title}, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_report_is_frozen_from_its_page(as_commenter, visitor, guichet):
    page = read(as_commenter.get("/en/reports?proposal=guichet"))
    assert f"{NEW}?proposal=guichet" in [link["href"] for link in page.all("a")]
    form = as_commenter.get(f"{NEW}?proposal=guichet")
    assert kept(form, "title") == "1 proposal on the relay"

    place = frozen(as_commenter, "?proposal=guichet")

    (row,) = rows(Snapshot)
    assert place == f"/en/reports/snapshots/{row.key}"
    page = read(visitor.get(place))
    assert page.one("h1").words == "The relay"
    assert [head.words for head in page.one(class_="sheet").all("h2")] == [
        "1 proposal on the relay", "In short", "The relay", "Titre de guichet", "Sources",
    ]  # fmt: skip
    assert NEW not in visitor.get("/en/reports").text


def test_it_says_how_to_cite_it_in_both_languages(as_editor, visitor, guichet):
    place = frozen(as_editor, "?as_of=2022-12-31")

    (row,) = rows(Snapshot)
    lines = [line.words for line in read(visitor.get(place)).all("p", class_="cited")]
    base, end = f"{settings().base_url}", f"reports/snapshots/{row.key} (SHA-256 {row.digest[:16]})"
    day = {language: long_day(row.frozen_at.astimezone(BRUSSELS).date(), language) for language in ("fr", "en")}
    assert [" ".join(line.split()) for line in lines] == [
        f"Social Good Accelerator, Relais : « The relay », rapport à la date du 31 décembre 2022, figé le {day['fr']}. {base}/fr/{end}",
        f"Social Good Accelerator, Relais: “The relay”, report as of 31 December 2022, frozen on {day['en']}. {base}/en/{end}",
    ]


def test_the_json_is_the_bytes_as_they_were_kept_in_both_languages(as_editor, visitor, guichet):
    place = frozen(as_editor)
    (row,) = rows(Snapshot)
    a_position(guichet, "france", "opposes", on="2022-06-30")

    answers = [visitor.get(f"/{language}/reports/snapshots/{row.key}.json") for language in ("fr", "en")]

    assert [answer.content for answer in answers] == [row.content] * 2
    assert sha256(answers[0].content).hexdigest() == row.digest
    valid(answers[0].content)
    assert answers[0].headers["ETag"] == f'"{row.digest}"'
    assert visitor.get(f"{place}.json", headers={"If-None-Match": f'"{row.digest}"'}).status_code == 304
    since = {"If-Modified-Since": visitor.get(f"{place}.json").headers["Last-Modified"]}
    asked = (
        since,
        {**since, "If-None-Match": '"other"'},
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "x"},
    )
    assert [visitor.get(f"{place}.json", headers=one).status_code for one in asked] == [304, 200, 200, 200]


def test_every_other_form_is_made_of_these_bytes(as_editor, visitor, guichet):
    place = frozen(as_editor)
    before = {form: visitor.get(f"{place}.{form}").content for form in ("ndjson", "md", "xlsx")}
    table = visitor.get(f"{place}/tables/positions.csv").content
    a_position(guichet, "france", "opposes", on="2022-06-30")

    assert {form: visitor.get(f"{place}.{form}").content for form in before} == before
    assert (visitor.get(f"{place}/tables/positions.csv").content, b"france" in table.lower()) == (table, True)
    assert "Positions" in load_workbook(BytesIO(before["xlsx"])).sheetnames
    words = [part.text for part in Document(BytesIO(visitor.get(f"{place}.docx").content)).paragraphs]
    assert f"SHA-256 of its JSON: {rows(Snapshot)[0].digest}" in words


def test_the_manifest_says_what_it_is_and_what_it_knew(as_editor, visitor, guichet):
    place = frozen(as_editor, "?proposal=guichet&as_of=2022-12-31")
    (row,) = rows(Snapshot)

    told = visitor.get(f"{place}/manifest.json").json()
    assert (told["selection"], told["as_of"]) == ("proposal=guichet&as_of=2022-12-31", "2022-12-31")
    assert (told["known_on"]["event"], told["software"]) == (row.known_event, {"name": "relais", "version": VERSION})
    content = told["content"]
    assert (content["bytes"], content["sha256"]) == (len(row.content), row.digest)
    assert visitor.get(urlsplit(content["address"]).path).content == row.content
    assert set(told["cite_as"]) == {"fr", "en"}
    assert set(citing.FORMS) == set(WRITERS) - {"json", "pdf"}
    assert {visitor.get(urlsplit(form).path).status_code for forms in told["forms"].values() for form in forms.values()} == {200}


def test_visitors_sign_in_first_and_observers_keep_nothing(visitor, as_observer, guichet):
    answer = visitor.get(f"{NEW}?proposal=guichet", follow_redirects=False)

    assert answer.headers["Location"] == "/en/sign-in?next=/en/reports/snapshots/new%3Fproposal%3Dguichet"
    assert as_observer.post(NEW, data={"title": "Mine"}).status_code == 403
    assert NEW not in as_observer.get("/en/reports").text


def test_a_report_without_a_title_is_refused_beside_its_field(as_editor, guichet):
    answer = as_editor.post(NEW, data={"title": " "})

    assert (answer.status_code, wrong(answer)) == (422, {"title": "Fill this in"})


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_title_is_only_words(as_editor, visitor, guichet, typed):
    place = frozen(as_editor, title=typed)

    page = read(visitor.get(place))
    assert (page.one("h1").words, "<script>alert" in visitor.get(place).text) == (" ".join(typed.split()), False)


def test_what_was_typed_is_kept_when_the_selection_is_empty(as_editor, guichet):
    answer = as_editor.post(f"{NEW}?as_of=2001-01-01", data={"title": "Nothing"}, headers=HTMX)

    assert (answer.status_code, kept(answer, "title")) == (422, "Nothing")
    assert wrong(answer) == {"title": "No proposal answers this selection."}


def test_a_withdrawn_one_leaves_its_title_its_date_and_its_digest(as_editor, as_coordinator, visitor, guichet):
    place = frozen(as_editor)
    (row,) = rows(Snapshot)
    assert as_editor.get(f"{place}/withdrawal").status_code == 403
    refused = as_coordinator.post(f"{place}/withdrawal", data={"why": ""})
    assert (refused.status_code, wrong(refused)) == (422, {"why": "Fill this in"})

    assert as_coordinator.post(f"{place}/withdrawal", data={"why": "It named somebody."}, follow_redirects=False).status_code == 303

    answer = visitor.get(place)
    page = read(answer)
    assert (answer.status_code, page.one("h1").words, row.digest in answer.text) == (410, "The relay", True)
    assert "It named somebody." in page.one("div", class_="notice").words
    gone = [visitor.get(f"{place}{end}").status_code for end in (".json", ".md", "/manifest.json", "/tables/positions.csv")]
    assert gone == [410] * 4
    assert as_coordinator.post(f"{place}/withdrawal", data={"why": "Again"}).status_code == 410
    assert "This snapshot was withdrawn" in visitor.get("/en/reports/snapshots").text


def test_the_list_and_the_activity_lead_to_it(as_editor, visitor, guichet):
    place = frozen(as_editor)

    for address in ("/en/reports/snapshots", "/en/activity"):
        assert place in [link["href"] for link in read(visitor.get(address)).all("a")]


@pytest.mark.parametrize("end", ["", ".json", ".md", "/manifest.json", "/tables/positions.csv"])
def test_no_such_snapshot(visitor, guichet, end):
    assert visitor.get(f"/en/reports/snapshots/nowhere{end}").status_code == Missing.status
