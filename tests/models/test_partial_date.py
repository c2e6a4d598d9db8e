from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.partial_date import UNDATED, PartialDate, Precision
from relais.i18n import typed_date

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31))


@st.composite
def partial_dates(draw):
    day, precision = draw(DAYS), draw(st.sampled_from(Precision))
    match precision:
        case Precision.UNDATED:
            return UNDATED
        case Precision.DAY:
            until = draw(st.none() | st.integers(1, 60).map(lambda days: day + timedelta(days=days)))
            return PartialDate(day, until)
        case Precision.MONTH:
            day = day.replace(day=1)
        case Precision.HALF_YEAR:
            day = date(day.year, 1 if day.month < 7 else 7, 1)
        case Precision.YEAR:
            day = date(day.year, 1, 1)
    return PartialDate(day, precision=precision)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", UNDATED),
        ("  ", UNDATED),
        ("2022-06-21", PartialDate(date(2022, 6, 21))),
        (" 2022-06-21 ", PartialDate(date(2022, 6, 21))),
        ("2022-06-21/2022-06-22", PartialDate(date(2022, 6, 21), date(2022, 6, 22))),
        ("2022-06-21/2022-06-21", PartialDate(date(2022, 6, 21))),
        ("2022-06", PartialDate(date(2022, 6, 1), precision=Precision.MONTH)),
        ("2022-H1", PartialDate(date(2022, 1, 1), precision=Precision.HALF_YEAR)),
        ("2022S2", PartialDate(date(2022, 7, 1), precision=Precision.HALF_YEAR)),
        ("2022", PartialDate(date(2022, 1, 1), precision=Precision.YEAR)),
        ("by 2022-03-15", PartialDate(date(2022, 3, 15), precision=Precision.BY)),
        ("au plus tard 2022-03-15", PartialDate(date(2022, 3, 15), precision=Precision.BY)),
        ("Au plus tard le 15/03/2022", PartialDate(date(2022, 3, 15), precision=Precision.BY)),
        ("21/06/2022", PartialDate(date(2022, 6, 21))),
        ("21.6.2022", PartialDate(date(2022, 6, 21))),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(written, read):
    assert PartialDate.parse(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "2022-13",
        "2022-02-30",
        "2022-H3",
        "31/06/2022",
        "22",
        "20220621",
        "2022-W25-2",
        "2022-06-22/2022-06-21",
        "by 2022",
        "by",
        "au plus tard",
        "by 2022-03-15 2022",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(ValueError, match=r".+"):
        PartialDate.parse(written)


@given(partial_dates())
def test_what_is_written_is_read_back(when):
    assert PartialDate.parse(str(when)) == when


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_value_error(written):
    try:
        read = PartialDate.parse(written)
    except ValueError:
        return
    assert PartialDate.parse(str(read)) == read


@given(partial_dates(), DAYS)
def test_what_was_certain_stays_certain(when, day):
    assert when.certain_by(day) <= when.certain_by(day + timedelta(days=1))


@pytest.mark.parametrize(
    ("written", "eve", "first"),
    [
        ("2022-06-21", date(2022, 6, 20), date(2022, 6, 21)),
        ("2022-06-21/2022-06-23", date(2022, 6, 20), date(2022, 6, 21)),
        ("by 2022-06-21", date(2022, 6, 20), date(2022, 6, 21)),
        ("2024-02", date(2024, 2, 28), date(2024, 2, 29)),
        ("2022-H1", date(2022, 6, 29), date(2022, 6, 30)),
        ("2022-H2", date(2022, 12, 30), date(2022, 12, 31)),
        ("2022", date(2022, 12, 30), date(2022, 12, 31)),
    ],
)
def test_days_are_certain_once_begun_and_spans_once_over(written, eve, first):
    when = PartialDate.parse(written)

    assert (when.certain_by(eve), when.certain_by(first)) == (False, True)


def test_the_undated_is_never_certain_and_falls_nowhere():
    assert (UNDATED.certain_by(date.max), UNDATED.falls_between(date.min, date.max)) == (False, False)


@pytest.mark.parametrize(
    ("written", "falls"),
    [
        ("2022-01-01", True),
        ("2022-06-30", True),
        ("2021-12-31", False),
        ("2022-07-01", False),
        ("2022-06-29/2022-07-02", True),
        ("2021-12-30/2022-01-02", False),
        ("by 2022-03-15", True),
        ("2022-06", True),
        ("2022-07", False),
        ("2022-H1", True),
        ("2022-H2", False),
        ("2022", False),
    ],
)
def test_a_date_falls_in_the_first_half_of_2022_or_it_does_not(written, falls):
    assert PartialDate.parse(written).falls_between(date(2022, 1, 1), date(2022, 6, 30)) is falls


def test_dates_are_ordered_by_their_beginning_then_their_end_and_the_undated_come_last():
    written = ["", "2022", "2022-07-01", "2022-H1", "2021-12-31", "2022-01", "2022-01-01"]

    ordered = sorted(written, key=lambda date: PartialDate.parse(date).order())

    assert ordered == ["2021-12-31", "2022-01-01", "2022-01", "2022-H1", "2022", "2022-07-01", ""]


@given(partial_dates(), st.sampled_from(["fr", "en"]))
def test_what_a_form_shows_in_either_language_is_read_back(when, language):
    assert PartialDate.parse(typed_date(when, language)) == when
