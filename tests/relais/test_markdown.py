"""What people write is shown as they meant it, and nothing of it acts."""

import re

import pytest

from relais.markdown import TAGS, blocks, render

# Each tries to run something, to load something, or to leave the page by other roads than http, https and mailto.
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    '[x](https://example.org "a" onmouseover="alert(1))',
    "<javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><button>x</button></form>",
    "<div hx-get=/en/ hx-trigger=load>x</div>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "```<script>\nalert(1)\n```",
    "`<img src=x onerror=alert(1)>`",
    "| a |\n|---|\n| <svg/onload=alert(1)> |",
    "[a]: javascript:alert(1)\n\n[a]",
    "<!-- --><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_written_acts(payload):
    html = render(payload)

    tags = re.findall(r"<\s*/?\s*([a-z0-9]+)([^>]*)>", html, re.IGNORECASE)
    attributes = {name for _, given in tags for name in re.findall(r"([a-z-]+)\s*=", re.sub(r'"[^"]*"', '""', given), re.IGNORECASE)}
    assert {name.lower() for name, _ in tags} - TAGS == set()
    assert attributes - {"href", "title", "rel"} == set()
    assert [href for href in re.findall(r'href="([^"]*)"', html) if not re.match(r"(https?:|mailto:)", href)] == []


def test_emphasis_lists_links_and_tables_are_drawn():
    assert render("**Oui**, *non*") == "<p><strong>Oui</strong>, <em>non</em></p>\n"
    assert render("- un\n- deux") == "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"
    assert render("| a |\n|---|\n| b |").count("<td>b</td>") == 1


def test_links_are_not_vouched_for():
    assert render("[DC-EDIC](https://example.org/a)") == '<p><a href="https://example.org/a" rel="nofollow ugc noopener">DC-EDIC</a></p>\n'


def test_an_address_becomes_a_link():
    assert render("https://example.org/a") == (
        '<p><a href="https://example.org/a" rel="nofollow ugc noopener">https://example.org/a</a></p>\n'
    )


def test_headings_stay_below_the_pages_own():
    assert [render(f"{'#' * level} T") for level in (1, 2, 6)] == ["<h3>T</h3>\n"] * 3


def test_headings_leave_no_level_out():
    typed = "## A\n\n#### B\n\n## C\n\n# D\n\n## E\n\n### F\n\n#### G\n\n##### H\n\n###### I"

    assert render(typed) == ("<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n<h3>D</h3>\n<h4>E</h4>\n<h5>F</h5>\n<h6>G</h6>\n<h6>H</h6>\n<h6>I</h6>\n")


def test_nothing_written_is_nothing():
    assert render("") == ""


def test_blocks_are_the_whole_text_in_its_paragraphs():
    text = "# Why\n\nNobody *answers*.\n\n- a\n\n- b\n\n> said\n\n[there][1]\n\n[1]: https://example.org/"

    assert ("".join(blocks(text)), len(blocks(text)), blocks("")) == (render(text), 5, [])
