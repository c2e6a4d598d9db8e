"""The Council's arithmetic in every form of the brief: page, Word document, PDF and what is frozen."""

import pytest

from tests.handover import a_council, frozen
from tests.public_record import a_position, a_proposal
from tests.web.reading import read, rows
from tests.web.test_packets import DRAWN, FIRST, PAGE, opened, words_of

FAVOUR = ["In favour", "1 of 27 states", "15.2%", "14 more states, 224 million more people for a qualified majority"]
OPPOSED = ["Opposed", "1 of 27 states", "0.1%", "3 more states, 157 million more people for a blocking minority"]


@pytest.fixture
def guichet(engine, public_affairs):
    a_council()
    proposal = a_proposal("guichet", public_affairs, on="2022-03-01")
    a_position(proposal, "france", "supports", on="2022-02-07")
    a_position(proposal, "malta", "opposes", on="2022-02-07")
    return proposal


def backing(page):
    return page.one("section", labelled="h-backing")


def weighed(page):
    return rows(backing(page).all("table")[-1])


def test_page_and_packet_tell_it_with_the_sources_of_the_figures_and_the_rule(visitor, guichet):
    frozen()

    for path in (PAGE, FIRST):
        page = read(visitor.get(path))
        part = backing(page)
        assert (part.one("h3").words, weighed(page)) == ("In the Council", [FAVOUR, OPPOSED])
        assert "0 states took no side, nothing is recorded of 25 states. Who does not vote in favour counts against." in part.words
        assert part.words.endswith("(Treaty on European Union, Article 16(4)). [2] People by the figures of 2022. [1]")


def test_support_with_conditions_has_a_line_of_its_own(visitor, guichet):
    a_position(guichet, "spain", "supports_with_reservations", on="2022-02-07")

    assert [row[:2] for row in weighed(read(visitor.get(PAGE)))] == [
        ["In favour", "1 of 27 states"],
        ["In favour, those with conditions too", "2 of 27 states"],
        ["Opposed", "1 of 27 states"],
    ]


def test_where_the_people_are_left_out_so_is_their_column(visitor, public_affairs):
    a_council(year=2024)
    a_position(a_proposal("guichet", public_affairs, on="2022-03-01"), "france", "supports", on="2022-02-07")

    page = read(visitor.get(PAGE))

    assert weighed(page) == [
        ["In favour", "1 of 27 states", "14 more states for a qualified majority"],
        ["Opposed", "0 of 27 states", "4 more states at least for a blocking minority"],
    ]
    assert backing(page).words.endswith("the record has no sourced figures for that year.")


def test_before_any_state_took_a_side_there_is_nothing_to_tell(visitor, guichet):
    assert backing(read(visitor.get(f"{PAGE}?as_of=2022-02-01"))).all("h3") == []


def test_the_word_document_has_its_table_and_keeps_its_name_beside_it(visitor, guichet):
    paper = opened(visitor.get(f"{PAGE}.docx"))

    table = next(one for one in paper.tables if one.rows[0].cells[0].text == "Side")
    above = next(part for part in paper.paragraphs if words_of(part._p) == "Titre de guichet:")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Side", "States", "Share of the people", "What is missing"], FAVOUR, OPPOSED,
    ]  # fmt: skip
    assert above.paragraph_format.keep_with_next is True


@DRAWN
def test_the_pdf_is_drawn_with_it(visitor, guichet):
    assert visitor.get(f"{PAGE}.pdf").content[:5] == b"%PDF-"
