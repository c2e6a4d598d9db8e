"""Saved reports at the HTML door: a name for an address, on the page of reports for whom it is for, renamed, removed, put back."""

import pytest

from models import Report
from tests.public_record import a_proposal
from tests.web.filling import HOSTILE, kept, rows, wrong
from tests.web.reading import read

NEW = "/en/reports/saved/new"
GROUP = "european-public-affairs"


@pytest.fixture
def guichet(public_affairs):
    return a_proposal("guichet", public_affairs)


def saved(client, name="Commons", query="?proposal=guichet", **more):
    answer = client.post(NEW + query, data={"name": name, "group": GROUP, **more}, follow_redirects=False)
    assert answer.status_code == 303
    return rows(Report)[-1].id


def names(client, language="en"):
    lists = read(client.get(f"/{language}/reports")).all("section", id="saved")
    return [item.all("a")[0].words for found in lists for item in found.all("li")]


def test_a_report_is_saved_from_its_page_and_opened_by_its_name(as_commenter, as_observer, visitor, guichet):
    assert f"{NEW}?proposal=guichet" in [link["href"] for link in read(as_commenter.get("/en/reports?proposal=guichet")).all("a")]
    key = saved(as_commenter)

    assert (names(as_observer), names(visitor)) == (["Commons"], [])
    link = read(as_observer.get("/en/reports")).one("section", id="saved").all("a")[0]
    assert link["href"] == "/en/reports?proposal=guichet"
    answer = as_observer.get(f"/fr/reports/saved/{key}", follow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/fr/reports?proposal=guichet")
    assert visitor.get(f"/en/reports/saved/{key}").status_code == 404


def test_what_a_group_made_public_readers_without_an_account_see(as_editor, visitor, guichet):
    saved(as_editor, "For all", public="true")

    assert (names(visitor), names(visitor, "fr")) == (["For all"], ["For all"])


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(as_editor, guichet):
    answer = as_editor.post(NEW, data={"name": "Mine", "group": "", "public": "true"})
    assert (answer.status_code, wrong(answer), kept(answer, "name")) == (422, {"public": "Only a report of a group can be public"}, "Mine")

    answer = as_editor.post(NEW, data={"name": "", "group": GROUP})
    assert (answer.status_code, wrong(answer), kept(answer, "group")) == (422, {"name": "Fill this in"}, GROUP)


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_only_words(as_editor, guichet, typed):
    saved(as_editor, typed)

    assert names(as_editor) == [" ".join(typed.split())]


def test_a_stale_name_is_shown_beside_the_one_that_stands(as_editor, as_commenter, guichet):
    key = saved(as_editor)
    path = f"/en/reports/saved/{key}/edit"
    assert as_commenter.post(path, data={"name": "Theirs", "version": "1"}, follow_redirects=False).status_code == 303

    answer = as_editor.post(path, data={"name": "Mine", "version": "1"})

    assert (answer.status_code, kept(answer, "name"), "Theirs" in answer.text) == (409, "Mine", True)
    assert as_editor.post(path, data={"name": "Mine", "version": kept_version(answer)}, follow_redirects=False).status_code == 303
    assert names(as_editor) == ["Mine"]


def test_its_selection_is_changed_by_whom_it_is_for_over_what_they_saw(as_editor, as_commenter, as_stranger, guichet):
    key = saved(as_editor)
    frozen = as_editor.post("/en/reports/snapshots/new?proposal=guichet", data={"title": "T"}, follow_redirects=False).headers["Location"]
    before = as_editor.get(f"{frozen}.json").content
    path = "/en/reports/saved/selection?as_of=2023-01-01"
    offered = [option["value"] for option in read(as_commenter.get(path)).one("select", name="report").all("option")]

    answer = as_commenter.post(path, data={"report": f"{key}-1"}, follow_redirects=False)
    late = as_editor.post(path, data={"report": f"{key}-1"})

    assert (offered, answer.status_code, rows(Report)[0].query, rows(Report)[0].name) == (
        ["", f"{key}-1"], 303, "as_of=2023-01-01", "Commons",
    )  # fmt: skip
    assert (late.status_code, "Somebody changed it in between" in late.text) == (409, True)
    assert as_editor.get(f"{frozen}.json").content == before
    assert as_editor.post(path, data={"report": ""}).status_code == 422
    assert read(as_stranger.get(path)).all("select", name="report") == []


def test_a_report_that_is_not_theirs_to_change_is_not_there(as_commenter, as_editor, guichet):
    key = saved(as_editor, group="")

    assert as_commenter.post("/en/reports/saved/selection", data={"report": f"{key}-1"}).status_code == 404


def kept_version(answer):
    return read(answer).one("form", method="post", action=answer.request.url.path).one("input", name="version")["value"]


def test_a_removed_one_is_put_back_with_a_press(as_editor, guichet):
    key = saved(as_editor)
    answer = as_editor.post(f"/en/reports/saved/{key}/removal", data={"version": "1"}, follow_redirects=True)
    assert ("Put it back" in answer.text, names(as_editor)) == (True, [])

    as_editor.post(f"/en/reports/saved/{key}/restoration", data={"version": "2"})

    assert names(as_editor) == ["Commons"]
    assert as_editor.post(f"/en/reports/saved/{key}/removal", data={"version": "1"}).status_code == 409


def test_the_activity_leads_to_it_for_the_group_alone(as_editor, as_observer, visitor, guichet):
    key = saved(as_editor)

    links = [[link["href"] for link in read(reader.get("/en/activity")).all("a")] for reader in (as_observer, visitor)]
    assert [f"/en/reports/saved/{key}" in found for found in links] == [True, False]
