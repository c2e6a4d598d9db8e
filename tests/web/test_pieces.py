"""Pieces of pages: written once, set into each page where they are marked, and a mark that nobody else can write."""

from markupsafe import escape

from tests.public_record import a_comment, a_proposal
from web.pieces import Piece, set_in


def test_a_piece_is_set_in_where_it_stands():
    one, none = Piece("<b>é</b>".encode()), Piece(b"")

    assert set_in(f"<p>“{escape(one)}” and {escape(one)}{escape(none)}</p>") == "<p>“<b>é</b>” and <b>é</b></p>".encode()
    assert set_in("<p>é</p>") == "<p>é</p>".encode()
    assert (bool(one), bool(none), len(one)) == (True, False, 9)


def test_what_looks_like_a_mark_is_shown_as_it_is():
    assert set_in("\x0100112233:1\x01") == b"\x0100112233:1\x01"


def test_a_page_is_made_of_its_pieces_again_when_a_comment_was_added(as_editor, public_affairs, editor):
    guichet = a_proposal("guichet", public_affairs)
    first = as_editor.get("/en/proposals/guichet").text
    a_comment(guichet, editor, "Zèbre à rayures")
    then = as_editor.get("/en/proposals/guichet").text

    assert ("Zèbre à rayures" in first, then.count("<p>Zèbre à rayures</p>"), "\x01" in then) == (False, 1, False)
