"""Proposals of any number on top of the seed's actors and presidencies.

The same seed number gives the same rows, written past the verbs but true to their rules: an event for every act, the stage where
the last move leads, the text as its last revision says. Its words are made up by bench/prose.py.
"""

from sqlalchemy import Engine

from bench.proposal_rows import Writer
from bench.sizes import AT_ONCE, CLOSED, HOT, OPENED, Size

__all__ = ["HOT", "Size", "fill"]


def fill(engine: Engine, size: Size, seed: int = 1) -> None:
    """Add `size.proposals` proposals to a seeded database, the hot one first."""
    writer = Writer(engine, seed)
    writer.people()
    writer.sources(max(4, size.proposals // 25))
    step = (CLOSED - OPENED) / max(1, size.proposals)
    for number in range(size.proposals):
        at = OPENED + number * step
        if number == 0:
            writer.proposal(HOT, at, size.hot_comments, size.hot_claims, hot=True)
        else:
            writer.proposal(f"proposal-{number}", at, writer.random.randint(0, 2 * size.comments))
        if number % AT_ONCE == AT_ONCE - 1:
            writer.rows.write()
    writer.rows.write()
