"""The words around what was found, marked where it stands."""

import pytest

from relais.search import question, snippets

LONG = "Un début sans rapport. " * 20 + "Les logiciels libres sont des communs numériques. " + "Une fin sans rapport. " * 20


def marked(text, typed):
    return ["".join(f"[{run.text}]" if run.marked else run.text for run in snippets.marked(text, question.read(typed).wanted))][0]


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Les Communs numériques", "commun ", "Les [Communs] numériques"),
        ("Les communs numériques", "numerique communs", "Les [communs numériques]"),
        ("L’œuvre d’État, les États", "etat oeuvre", "L’[œuvre] d’[État], les [États]"),
        ("Guichet libre, guichets libres", '"guichet libre"', "[Guichet libre], guichets libres"),
        ("Accessibilité accessible", "accessibili", "[Accessibilité] accessible"),
        ("<b>communs</b> & co", "communs", "<b>[communs]</b> & co"),
        ("e\u0301tat e\u0301tats", "etat ", "[état états]"),
        ("rien", "communs", "rien"),
        ("", "communs", ""),
    ],
)
def test_the_words_of_a_question_are_marked_as_the_index_finds_them(text, typed, shown):
    assert marked(text, typed) == shown


def test_an_excerpt_is_around_the_place_where_most_is_found():
    runs = snippets.around(LONG, question.read("communs libre rapport").wanted)

    said = "".join(run.text for run in runs)
    assert "Les logiciels libres sont des communs" in said
    assert [run.text for run in runs if run.marked and run.text != "rapport"] == ["libres", "communs"]
    assert (said[:2], said[-2:], len(said) < 260) == ("… ", " …", True)


def test_an_excerpt_where_nothing_is_found_is_the_beginning():
    assert [run.text for run in snippets.around("Court.", question.read("communs").wanted)] == ["Court."]
    assert snippets.around(LONG, question.read("zèbre").wanted)[0].text.startswith("Un début")


@pytest.mark.parametrize("text", ["a" * 50_000, "é " * 25_000, '"' * 50_000, "a" * 100 + " " * 50_000, "a-" * 25_000])
def test_a_hostile_text_takes_no_longer(text):
    assert len("".join(run.text for run in snippets.around(text, question.read("abc éa").wanted))) < 300
