"""Every word a reader may see is in both catalogues, and nothing else is."""

import ast
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from tests.house.checkout import ROOT, files, read

LANGUAGES = ("en", "fr")
# What takes a message, and as which argument: the catalogues' own words, and the refusals.
KEYWORDS = {
    "_": None,
    "N_": None,
    "say": (2,),
    "count": (1, 2),
    "counted": (2, 3),
    "_with": (4,),
    **dict.fromkeys(("Refused", "Invalid", "Forbidden"), None),
}


def catalogue(language: str) -> Catalog:
    with (ROOT / "relais" / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def keys(language: str) -> set[tuple[str, ...]]:
    return {forms(message.id) for message in catalogue(language) if message.id}


def extracted() -> set[tuple[str, ...]]:
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    for pattern, method in methods:
        if method == "jinja2":
            options[pattern]["silent"] = "false"
    return {forms(message) for _, _, message, _, _ in extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)}


def constants() -> set[str]:
    """Every piece of text in the code: a message may travel some way before it is translated."""
    trees = (ast.parse(read(path)) for path in files("api/*.py", "relais/*.py", "web/*.py", "models/*.py"))
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def forms(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def holes(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def test_both_languages_know_the_same_messages():
    assert keys("fr") ^ keys("en") == set()


def test_every_message_of_the_code_and_the_pages_is_in_the_catalogue():
    assert extracted() - keys("fr") == set()


def test_no_message_of_the_catalogue_is_idle():
    said = constants()

    assert {message for message in keys("fr") - extracted() if message[0] not in said} == set()


def test_every_message_has_its_french():
    assert [message.id for message in catalogue("fr") if message.id and not all(forms(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_only_a_guess(language):
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_asks_for_nothing_the_message_has_not(language):
    strange = {
        message.id: text
        for message in catalogue(language)
        for text in forms(message.string)
        if message.id and not holes(text) <= set().union(*map(holes, forms(message.id)))
    }

    assert strange == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_stand_in_the_order_of_their_words(language):
    ids = [forms(message.id)[0] for message in catalogue(language) if message.id]

    assert ids == sorted(ids)


# Before such signs French has a space that keeps them with their word. The narrow one is in neither of the fonts.
APART = re.compile(r"\u202f|« |\S [;:?!»](?!\S)")
SUBJECTS = ("Relais : %(changes)s %(proposals)s", "Relais : %(changes)s, %(title)s")  # of letters, which are not folded


def test_french_signs_stay_with_their_words_on_the_pages_and_in_the_seed():
    words = {text for message in catalogue("fr") for text in forms(message.string)}.difference(SUBJECTS)
    content = {line for path in files("seed/content/*.toml", "seed/content/*/*.toml") for line in read(path).splitlines()}

    assert {text for text in words | content if APART.search(text)} == set()
