"""Passages marked in a text, with a link to what is said about them; no tag of the text is touched."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from relais.comments.passages import Passage, Spot
from relais.rendered import escaped, pieces, words

A_LINK = re.compile(r"</?a[\s>]")


@dataclass(frozen=True)
class Mark:
    """Words that comments are about: where, how many say something of them, and the first that does."""

    at: Spot
    comment_id: int
    number: int


def of(talks: Iterable[Any], language: str) -> dict[str, list[Mark]]:
    """By field what is to mark in the text of that language: the open threads, those on the same words as one mark."""
    placed: dict[tuple[str, Spot], list[Any]] = defaultdict(list)
    for talk in talks:
        passage: Passage | None = talk.passage
        if passage and passage.at and passage.language == language and not (talk.removed or talk.resolved_at):
            placed[passage.field, passage.at].append(talk)
    found: dict[str, list[Mark]] = defaultdict(list)
    for (field, at), threads in placed.items():
        found[field].append(Mark(at, threads[0].id, sum(1 + len(talk.replies) for talk in threads)))
    return found


def drawn(html: str, marks: Iterable[Mark], link: Callable[[Mark], str]) -> str:
    """The HTML with the words of the marks marked, each followed by its link. Tags stay as they are, and no link stands in another."""
    spots = sorted(marks, key=lambda mark: mark.at)
    borders = sorted({border for mark in spots for border in mark.at})
    if not spots:
        return html
    out: list[str] = []
    begun: set[int] = set()
    due: list[str] = []
    position, linked = 0, False
    for piece in pieces(html):
        if piece[0] == "<":
            out.append(piece)
            linked = piece[1] != "/" if A_LINK.match(piece) else linked
        else:
            said = words(piece)
            cuts = [position, *(border for border in borders if position < border < position + len(said)), position + len(said)]
            for start, end in pairwise(cuts):
                out.append(_segment(said[start - position : end - position], start, spots, begun))
                due += [link(mark) for mark in spots if mark.at[1] == end]
                if not linked:
                    out += due
                    due = []
            position += len(said)
        if not linked and due:
            out += due
            due = []
    return "".join(out)


def _segment(said: str, start: int, marks: list[Mark], begun: set[int]) -> str:
    """Words between two borders: marked when they are of a passage; the blanks between two blocks are nobody's."""
    inside = next((mark for mark in marks if mark.at[0] <= start < mark.at[1]), None)
    if inside is None or said.isspace():
        return escaped(said)
    name = "" if inside.comment_id in begun else f' id="p{inside.comment_id}"'
    begun.add(inside.comment_id)
    return f'<mark class="on"{name}>{escaped(said)}</mark>'
