"""A record of any size on top of the seed's actors and presidencies: `python -m bench.data FOLDER --proposals 1000 --comments 50`.

The same seed number gives the same rows, written past the verbs but true to their rules: an event for every act, the stage where
the last move leads, the text as its last revision says. Its words are made up by bench/prose.py.
"""

import argparse
from pathlib import Path

from sqlalchemy import Engine

from bench.proposal_rows import Writer
from bench.sizes import AT_ONCE, CLOSED, HOT, OPENED, Size
from relais.db import engine_for

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


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.data", description="Make a record of a given size.")
    parser.add_argument("folder", type=Path, help="where the database goes; it must not hold one yet")
    parser.add_argument("--proposals", type=int, default=Size.proposals, help="besides the seed's eighteen")
    parser.add_argument("--comments", type=int, default=Size.hot_comments, help=f"on the hot proposal, {HOT}")
    parser.add_argument("--comments-each", type=int, default=Size.comments, help="on every other one, on average")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if (asked.folder / "relais.db").exists():
        parser.error(f"{asked.folder} holds a database already")
    asked.folder.mkdir(parents=True, exist_ok=True)
    from bench.record import made  # noqa: PLC0415  it builds on this module

    made(
        engine_for(f"sqlite:///{asked.folder.resolve() / 'relais.db'}"),
        Size(asked.proposals, asked.comments_each, asked.comments),
        asked.seed,
    )


if __name__ == "__main__":
    main()
