"""Very many questions, each answered as a plain reading of the indexed words answers it: so both engines find the same, in one order."""

import random

import pytest
from sqlmodel import col, select, text

from models.group import Role
from models.search import RecordKind, SearchRow, place, placed
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.index.writing import ANYWHERE, LEAD, TITLE
from relais.search import Narrowing, find, question
from seed.load import load
from tests.days import NOW
from tests.public_record import a_comment, a_proposal, counted
from tests.relais.searching import found, write

QUESTIONS = 400


@pytest.fixture
def rows(engine, public_affairs, editor):
    """The words of the seed, and of what a group keeps to itself."""
    with writing() as session:
        load(session, NOW)
    proposal = a_proposal("cachee", public_affairs, public=False)
    write(proposal, "fr", base=1, title="Les communs numériques", summary="Un logiciel libre", body="Des œuvres, et l’accessibilité.")
    for number in range(3):
        a_comment(proposal, editor, f"Communs numériques et open data, {number}", public=number == 1)
    with reading() as session:
        found = session.exec(select(SearchRow).order_by(col(SearchRow.id).desc()))
        return [(row.id, row.search_text.split(), row.proposal_id == proposal.id) for row in found]


def told(rows, typed, inside):
    """What says it, by reading every row, also those of the group from inside: `proposal 3`."""
    wanted = question.read(typed).wanted
    mine = [(key, words) for key, words, hidden in rows if inside or not hidden]
    tiers = [
        [key for key, words in mine if all(says(words, one, where, begun) for one in wanted)]
        for begun in (False, True)
        for where in (TITLE, LEAD, ANYWHERE)
    ]
    ordered = dict.fromkeys(key for tier in tiers for key in tier) if wanted else ()
    return [f"{kind.value} {key}" for kind, key in map(placed, ordered)]


def says(words, one, where, begun):
    wholes = [f"w{where}{word.whole}" for word in one.words]
    if one.exact:
        return any(words[at : at + len(wholes)] == wholes for at in range(len(words)))
    word = one.words[0]
    bare = [f"g{where}{word.bare}"] if word.bare == word.french else []
    forms = {wholes[0], f"f{where}{word.french}", f"e{where}{word.english}", *bare}
    return not forms.isdisjoint(words) or (begun and one.begun and any(said.startswith(wholes[0]) for said in words))


def asked(rows, chosen):
    """One word or several, as they are spelled or only begun, in any case, some in a row and quoted."""
    said = [word[2:] for word in chosen.choice(rows)[1] if word.startswith("w0")]
    first, many = chosen.randrange(len(said)), chosen.choice((1, 1, 2, 3))
    words = said[first : first + many]
    match chosen.randrange(5):
        case 0:
            return f'"{" ".join(words)}"'
        case 1:
            return " ".join([*words[:-1], words[-1][: max(3, len(words[-1]) - 3)]])
        case 2:
            return " ".join(words).upper() + " "
        case 3:
            return " ".join(chosen.sample(words, len(words)))
    return " ".join(words) + " "


def test_every_question_finds_what_a_plain_reading_of_the_words_finds_in_the_same_order(rows, public_affairs):
    chosen = random.Random(8)
    questions = [asked(rows, chosen) for _ in range(QUESTIONS)]
    member = Reader(roles={public_affairs.id: Role.OBSERVER})

    with reading() as session:
        hits = {typed: [find(session, reader, question.read(typed), Narrowing()) for reader in (VISITOR, member)] for typed in questions}

    answers = {typed: [[f"{hit.kind.value} {hit.record_id}" for hit in one.hits] for one in both] for typed, both in hits.items()}
    assert answers == {typed: [told(rows, typed, inside=False), told(rows, typed, inside=True)] for typed in questions}
    assert sum(map(bool, answers.values())) > 100
    assert found("communs numériques") != found("communs numériques", member)


@pytest.mark.parametrize("kind", RecordKind)
def test_a_place_says_what_stands_there(kind):
    assert placed(place(NOW.date(), kind, 123_456_789)) == (kind, 123_456_789)


@pytest.mark.postgresql
def test_questions_are_planned_without_a_look_at_their_words(engine, public_affairs):
    a_proposal("guichet", public_affairs)
    with counted(engine) as said:
        found("communs ")

    assert said[0] == "SET LOCAL plan_cache_mode = force_generic_plan"
    assert [statement.split()[0] for statement in said[1:]] == ["SELECT"] * 3  # whole in the title, the summary, anywhere
    with reading() as session:
        assert session.connection().execute(text("SHOW plan_cache_mode")).scalar_one() == "auto"
