"""HTML and entities of other platforms become Markdown, and nothing they say is lost."""

import pytest

from relais.imports.markup import markdown, plain
from relais.markdown import render


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>L&rsquo;&eacute;t&eacute;&nbsp;: <strong> Objectif :</strong> lire<br />&agrave; deux</p>",
         "L’été : **Objectif :** lire\\\nà deux"),
        ("<p>Un</p>\n\n<p>deux</p>", "Un\n\ndeux"),
        ("<h2>Titre</h2><ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "### Titre\n\n- a\n   - b\n- c"),
        ("<ol><li>un</li><li>deux</li></ol><blockquote>dit</blockquote>", "1. un\n1. deux\n\n> dit"),
        ('<a href="https://example.org/a_b">ici</a> et <a href="https://example.org/">https://example.org</a>',
         "[ici](https://example.org/a_b) et https://example.org/"),
        ('<a href="javascript:alert(1)">ici</a><script>alert(2)</script><!-- non --><img src="x">', "ici"),
        ("<div><u>souligné</u> <span style='x'>coloré</span></div>", "souligné coloré"),
        ("Une *étoile*, un_nom, 2 < 3\n\n# pas un titre\n1. ni une liste",
         "Une \\*étoile\\*, un\\_nom, 2 \\< 3\n\n\\# pas un titre\\\n1\\. ni une liste"),
        ("Deux lignes\r\nqui restent", "Deux lignes\\\nqui restent"),
        ("L&amp;eacute;gende", "Légende"),
        ("<p>L&amp;eacute;gende &amp; co</p>", "Légende & co"),
        ("&lt;p&gt;Écrit deux fois&lt;/p&gt;", "Écrit deux fois"),
        ("<b></b><p> </p>", ""),
    ],
)  # fmt: skip
def test_html_is_read_as_markdown(written: str, read: str) -> None:
    assert markdown(written) == read


def test_a_line_is_plain() -> None:
    assert plain("Droit &amp;agrave; <b>l&#39;oubli</b>\n &lt;3") == "Droit à l'oubli <3"


def test_what_was_plain_looks_as_it_was_written() -> None:
    assert render(markdown("# 1 *pour* tous\n- a < b & co_co")) == "<p># 1 *pour* tous<br>\n- a &lt; b &amp; co_co</p>\n"


@pytest.mark.parametrize(
    ("bomb", "left"),
    [
        ("<div>" * 100_000 + "x", "x"),
        ("<ul><li>" * 20_000 + "x", "               - x"),
        ("x" + "<!--" * 100_000, "x"),
        ("x" + "<a " * 50_000, "x"),
        ("x" + "<b> </b>" * 20_000, "x"),
    ],
    ids=["blocks", "lists", "comments", "tags", "marks"],
)
def test_what_is_nested_without_end_is_read(bomb: str, left: str) -> None:
    assert markdown(bomb)[: len(left)] == left
