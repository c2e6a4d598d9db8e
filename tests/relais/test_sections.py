"""A text in parts, and a part put back in its place with all else as it was to the letter."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.markdown import headings, render
from relais.texts import sections

BODY = "Début.\n\n## Pourquoi ?\nPersonne.\n\n> ## Citation\n\n```\n# du code\n```\n\nComment\n-------\n\nAinsi.\n\n## Pourquoi\n\nEncore."
PARTS = {
    "start": "Début.",
    "s-pourquoi": "## Pourquoi ?\nPersonne.\n\n> ## Citation\n\n```\n# du code\n```",
    "s-comment": "Comment\n-------\n\nAinsi.",
    "s-pourquoi-2": "## Pourquoi\n\nEncore.",
}
TEXT = SimpleNamespace(title="Un titre", summary="Un résumé.", body=BODY)


def test_a_body_is_parted_at_headings_that_stand_by_themselves():
    assert {name: sections.words(TEXT, name) for name in sections.of(BODY)} == PARTS
    assert "".join(sections.of(BODY).values()) == BODY


def test_what_is_read_is_parted_at_the_same_places():
    read = sections.shown(render(BODY, anchors=True))

    assert [(part.name, part.heading) for part in read] == [
        ("start", ""), ("s-pourquoi", "Pourquoi ?"), ("s-comment", "Comment"), ("s-pourquoi-2", "Pourquoi"),
    ]  # fmt: skip
    assert "".join(part.html for part in read) == render(BODY, anchors=True)


def test_title_and_summary_are_parts_too_and_the_body_as_a_whole_is_none():
    assert [sections.words(TEXT, name) for name in ("title", "summary", "body", "s-nowhere")] == ["Un titre", "Un résumé.", None, None]
    assert sections.composed(TEXT, "title", "Autre") == {"title": "Autre", "summary": "Un résumé.", "body": BODY}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_put_in_its_place(name):
    body = sections.composed(TEXT, name, "## Neuf\n\nTout neuf.")["body"]

    assert body == BODY.replace(PARTS[name], "## Neuf\n\nTout neuf.")
    assert sections.composed(TEXT, name, PARTS[name])["body"] == BODY


@pytest.mark.parametrize(("body", "name", "typed", "expected"), [
    ("## A\n\na", "start", "Avant.", "Avant.\n\n## A\n\na"),
    ("", "start", "Premier.", "Premier."),
    ("a\n# B\nb\n# C", "s-b", "## Autre", "a\n## Autre\n\n# C"),
    ("a\n\n# B\n\n# C", "s-b", "", "a\n\n# C"),
    ("a", "start", "x\r\ny\n\n", "x\ny"),
])  # fmt: skip
def test_parts_keep_apart_and_an_empty_one_goes(body, name, typed, expected):
    assert sections.composed(SimpleNamespace(title="", summary="", body=body), name, typed)["body"] == expected


@pytest.mark.parametrize(("heading", "address"), [
    ("# L’œuvre d’État", "s-l-oeuvre-d-etat"), ("# **Gras** [lien](/a)", "s-gras-lien-a"), ("# ?!", "s-section"),
    ("# Ελλάδα", "s-ελλαδα"), ("# " + "a" * 90, "s-" + "a" * 60), ("# a_b", "s-a-b"),
])  # fmt: skip
def test_an_address_is_made_of_the_words(heading, address):
    assert headings(heading) == [(0, address)]
    assert f'id="{address}"' in render(heading, anchors=True)
    assert "id=" not in render(heading)


@given(
    st.lists(st.sampled_from(["# A", "## B", "A\n===", "a", "- b", "> # C", "```", "", "\u2028", "    code", "# A-2"]), max_size=9).map(
        "\n".join
    )
)
def test_whatever_is_written_parts_make_up_the_body_and_are_read_as_they_are_edited(body):
    parts = sections.of(body)

    assert "".join(parts.values()) == body
    read = [part.name for part in sections.shown(render(body, anchors=True))]
    assert [name for name in parts if name != "start"] == [name for name in read if name != "start"]
