"""JSON Lines of proposals, comments and sources; conclusions with their arguments; and what no file may do."""

from typing import Any

import orjson
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import Comment, Group, Mention, Person
from models.imports import Kind
from relais.db import reading
from relais.errors import Invalid
from relais.imports import arguments, json_lines
from relais.imports.forms import FORMS
from relais.imports.rows import How, Refusal, Row
from tests.relais.importing import applied, brought

LONG = "Un titre qui ne finit pas " * 8


def lines(*objects: Any, language: str = "fr") -> list[Row | Refusal]:
    return checked(list(json_lines.read(b"\n".join(orjson.dumps(one) for one in objects), How(language=language))))


def checked(found: list[Row | Refusal]) -> list[Row | Refusal]:
    for row in found:
        if isinstance(row, Row):
            FORMS[row.kind].model_validate(dict(row.values))
    return found


def test_a_consultation_comes_in_as_it_was_published() -> None:
    found = lines(
        {"id": 61, "title": "Donn&eacute;es ouvertes", "body_html": "<p>L&rsquo;&Eacute;tat publie.</p>",
         "created_at": "2015-09-26T02:27:54+0200",
         "section": "Titre I", "section_subtitle": "Ouverture", "author": "p_1", "votes_ok": 2237,
         "appendices": [{"title": "Pourquoi", "body_html": "<p>Parce que.</p>"}],
         "law_changes": [{"title": "Article 7", "before_html": "<p>Avant.</p>", "after_html": "<p>Après.</p>"}]},
        {"id": 6130, "proposal_id": 61, "stance": "contre", "body": "Trop peu.", "created_at": "2015-10-18T22:24:20+0200", "author": "p_2"},
        {"id": 415, "proposal_id": 61, "title": "Un billet", "link": "https://example.org/billet", "body": "À lire.", "author": "p_2"},
    )  # fmt: skip

    proposal, source, comment, naming = found
    assert proposal == Row(Kind.PROPOSAL, "61", "1", {
        "title": "Données ouvertes", "summary": "", "language": "fr", "stage": "published", "on": "2015-09-26",
        "body": "L’État publie.\n\n### Pourquoi\n\nParce que.\n\n### Article 7\n\nAvant.\n\nAprès.\n\n*Titre I, Ouverture · p\\_1*",
    })  # fmt: skip
    assert source == Row(Kind.SOURCE, "415", "3", {"title": "Un billet", "url": "https://example.org/billet", "language": "fr"})
    assert comment == Row(Kind.COMMENT, "6130", "2", {
        "on": "2015-10-18", "proposal": "61", "author": "p_2", "body": "**Contre.** Trop peu.",
    })  # fmt: skip
    assert naming == Row(Kind.COMMENT, "source:415", "3", {
        "proposal": "61", "author": "p_2", "body": "[Un billet](https://example.org/billet)\n\nÀ lire.",
    })  # fmt: skip


def test_a_title_too_long_goes_on_in_the_text() -> None:
    (row,) = lines({"type": "proposal", "id": "1", "title": LONG, "body": "Texte."})

    assert isinstance(row, Row)
    assert row.values["title"].endswith("Un…")
    assert row.values["body"] == f"**{LONG.strip()}**\n\nTexte."


def test_what_is_no_contribution_is_refused_line_by_line() -> None:
    found = lines(
        {"id": 1, "title": "A", "is_trashed": True},
        {"title": "No id"},
        {"id": 2, "type": "vote"},
        {"id": 3},
        [1],
        {"id": {"a": 1}, "title": "B"},
    )

    assert [(row.where, row.message) for row in found if isinstance(row, Refusal)] == [
        ("1", "It was withdrawn where it comes from"),
        ("2", "It has no identifier"),
        ("3", "It is no proposal, comment or source"),
        ("4", "It is no proposal, comment or source"),
        ("5", "This line is no JSON object"),
        ("6", "It has no identifier"),
    ]


GOOD = b'{"id":1,"title":"A"}\n'


@pytest.mark.parametrize(
    "bomb",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"id":2,"title":"' + b"x" * 2_000_000 + b'"}',
        b'{"id":2,"title":"\\ud800"}',
        b'{"id":2,"title":"\xff"}',
        b'{"id":' + b"9" * 100_000,
    ],
    ids=["deep", "deeper", "long", "half a surrogate", "no UTF-8", "unfinished"],
)
def test_a_line_that_cannot_be_read_is_refused_and_the_others_are_taken(bomb: bytes) -> None:
    found = list(json_lines.read(GOOD + bomb + b"\n\n" + GOOD.replace(b"1", b"3"), How()))

    assert [(type(row).__name__, row.where) for row in found] == [("Row", "1"), ("Refusal", "2"), ("Row", "4")]


@pytest.mark.parametrize("content", [b"id,title\n1,A\n", b"\x00\x01", b"[]"])
def test_what_is_no_json_lines_is_none(content: bytes) -> None:
    with pytest.raises(Invalid):
        list(json_lines.read(content, How()))


def test_a_number_without_end_is_a_number() -> None:
    (row,) = lines({"id": 1e300, "title": "A"})

    assert row.where == "1"


def test_a_conclusion_is_one_proposal_with_its_arguments() -> None:
    table = (
        "Argument ID\tConclusion\tStance\tPremise\n"
        "E1\tCars should be shared\tin favor of\tFewer of them.\n"
        'E2\tCars should be shared.\tagainst\t"Mine" is mine.\r\n'
        "E3\ttoo short\n"
    )
    found = checked(list(arguments.read(table.encode(), How(language="en"))))

    assert [(row.kind, row.external_id, row.values["body"]) for row in found if isinstance(row, Row)] == [
        (Kind.PROPOSAL, "cars should be shared", ""),
        (Kind.COMMENT, "E1", "**For it.** Fewer of them."),
        (Kind.COMMENT, "E2", '**Against it.** "Mine" is mine.'),
    ]
    assert [row for row in found if isinstance(row, Refusal)] == [Refusal("4", "This line has not all its columns")]


def test_another_table_has_no_arguments() -> None:
    with pytest.raises(Invalid):
        list(arguments.read(b"a\tb\n", How()))


def test_what_was_said_elsewhere_names_nobody_here(engine: Engine, public_affairs: Group, coordinator: Person, editor: Person) -> None:
    proposal = {"id": 1, "title": "A"}
    comment = {"id": 2, "proposal_id": 1, "body": f"@Emil Novák, @{{{editor.id}}} a@b.eu"}
    content = b"\n".join(map(orjson.dumps, (proposal, comment)))

    applied(public_affairs, coordinator, brought(public_affairs, coordinator, content.decode(), "said.jsonl"))

    with reading() as session:
        said = session.exec(select(Comment.body)).one()
        assert session.exec(select(Mention)).all() == []
    assert said.startswith(f"@\u2060Emil Novák, @\u2060{{{editor.id}}} a@b.eu\n")
