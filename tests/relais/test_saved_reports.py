"""Saved reports: named selections of one's own or of a group, seen by whom they are for, and never lost by a press."""

import pytest
from sqlmodel import col, select

from models import Event, Report
from models.event import EventKind
from relais import reports, saved_reports
from relais.access import VISITOR, reader_for
from relais.db import reading, writing
from relais.errors import Invalid, Missing, Stale
from relais.saved_reports import NameForm, ReportForm
from tests.days import NOW
from tests.public_record import counted

GROUP = "european-public-affairs"
QUERY = "theme=digital-commons&as_of=2023-01-01"


def saved(by, name="Commons", group=GROUP, public=False):
    with writing() as session:
        form = ReportForm(name=name, group=group, public=public)
        return saved_reports.save(session, QUERY, form, reader_for(session, by), language="en", by=by, now=NOW).id


def act(verb, key, by, *given, version, removed=False):
    with writing() as session:
        report = saved_reports.changeable(session, reader_for(session, by), key, removed=removed)
        verb(session, report, *given, version=version, by=by, now=NOW)


def seen(person=None):
    with reading() as session:
        return [row.name for row in saved_reports.of(session, reader_for(session, person) if person else VISITOR)]


def told():
    with reading() as session:
        kinds = [kind for kind in EventKind if kind.startswith("report_") and kind is not EventKind.REPORT_SETTLED]
        found = session.exec(select(Event).where(col(Event.kind).in_(kinds)).order_by(col(Event.id))).all()
    return [(one.kind.value, one.group_id is not None, one.public) for one in found]


def test_each_is_seen_by_whom_it_is_for(editor, observer, stranger):
    saved(editor, "Mine", group="")
    saved(editor, "Ours")
    saved(editor, "All of us", public=True)

    assert (seen(editor), seen(observer), seen(stranger), seen()) == (
        ["All of us", "Mine", "Ours"], ["All of us", "Ours"], ["All of us"], ["All of us"],
    )  # fmt: skip
    assert told() == [("report_saved", False, False), ("report_saved", True, False), ("report_saved", True, True)]


def test_it_keeps_the_address_and_no_report_knows_of_it(editor):
    with reading() as session:
        before = reports.known(session)
    key = saved(editor, public=True)

    with reading() as session:
        assert saved_reports.find(session, VISITOR, key).query == QUERY
        assert reports.known(session) == before


@pytest.mark.parametrize(
    ("group", "public", "field"), [("nowhere", False, "group"), ("european-social-tech", False, "group"), ("", True, "public")]
)
def test_what_cannot_be_saved_is_refused(editor, social_tech, group, public, field):
    with pytest.raises(Invalid) as refused:
        saved(editor, group=group, public=public)
    assert (refused.value.field, told()) == (field, [])


def test_observers_save_nothing_for_their_group(observer):
    with pytest.raises(Invalid):
        saved(observer)


def test_it_is_renamed_and_shown_by_who_may_comment_in_its_group(editor, commenter, observer, stranger):
    key = saved(editor)
    act(saved_reports.change, key, commenter, NameForm(name="The commons", public=True), version=1)

    assert seen() == ["The commons"]
    for other in (observer, stranger):
        with pytest.raises(Missing):
            act(saved_reports.change, key, other, NameForm(name="Theirs"), version=2)


def test_one_of_ones_own_is_nobody_elses(editor, coordinator):
    key = saved(editor, group="")

    with pytest.raises(Missing):
        act(saved_reports.remove, key, coordinator, version=1)
    with pytest.raises(Invalid):
        act(saved_reports.change, key, editor, NameForm(name="Mine", public=True), version=1)


def test_a_stale_change_is_refused(editor, commenter):
    key = saved(editor)
    act(saved_reports.change, key, commenter, NameForm(name="Theirs"), version=1)

    with pytest.raises(Stale) as refused:
        act(saved_reports.change, key, editor, NameForm(name="Mine"), version=1)
    assert (refused.value.current.name, seen(editor)) == ("Theirs", ["Theirs"])


def test_a_removed_one_can_be_put_back(editor):
    key = saved(editor, public=True)
    act(saved_reports.remove, key, editor, version=1)
    assert (seen(), seen(editor)) == ([], [])

    act(saved_reports.restore, key, editor, version=2, removed=True)

    assert seen() == ["Commons"]
    assert [kind for kind, *_ in told()] == ["report_saved", "report_removed", "report_restored"]
    with reading() as session:
        assert session.exec(select(Report.removed_at)).one() is None


def test_the_list_takes_one_question_however_many(editor, engine):
    numbers = []
    for name in ("One", "Two", "Three"):
        saved(editor, name)
        with counted(engine) as asked, reading() as session:
            saved_reports.of(session, VISITOR)
        numbers.append(len(asked))

    assert numbers == [1, 1, 1]
