"""Search among 100,000 records: `python -m bench.searches [--proposals 6400] [--postgresql ADDRESS|package] [--out FILE]`.

A member's page each time, which is never kept, over one connection, by what it costs the server's process (on PostgreSQL without what it
costs the database): where others are at work the clock says more of them. Beside it, in one process and in turn, what finds the same words
by LIKE. The words of bench/prose.py are in nearly every record; those that are rarer are written into some of them first.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import String, bindparam, select, text, update
from sqlmodel import Session

from bench import driver, report
from bench.data import Size, fill
from bench.driver import Load, get
from bench.measures import Bench
from bench.place import Place, places
from bench.record import signed_in, stocked
from bench.report import Line
from bench.servers import free_port
from models import Comment, Text
from relais import db, index, migrations, search
from relais.access import VISITOR
from relais.search import Narrowing, question
from relais.settings import now
from seed.load import load

RARE, MIDDLING = "hermine", "coquelicot"  # in one comment of 10,000, and in one of 50
TAIL = 30_000  # words that stand in three records or so, as names and mistypings do
PAGES = {
    "a rare word": f"q={RARE}",
    "a middling word": f"q={MIDDLING}",
    "a word in every second record": "q=registre",
    "two such words": "q=registre+calendrier",
    "a quoted pair": f"q={quote(chr(34) + 'en langage clair' + chr(34))}",
    "a word that is being typed": "q=regi",
    "narrowed to a kind and a theme": "q=registre&kind=entry&theme={theme}",
    "narrowed to a stage": "q=registre&stage=backed",
    "its twenty-fifth page": "q=registre&page=25",
    "nobody’s word": "q=xylophone",
}
LIKE = """SELECT kind, id FROM (
 SELECT 'proposal' AS kind, t.proposal_id AS id FROM texts t JOIN proposals p ON p.id = t.proposal_id AND p.public
  WHERE t.search_text LIKE :word
 UNION SELECT 'comment', c.id FROM comments c JOIN proposals p ON p.id = c.proposal_id AND p.public
  WHERE c.public AND c.removed_at IS NULL AND lower(c.body) LIKE :word
 UNION SELECT 'entry', id FROM entries WHERE public AND
  lower(title_fr || ' ' || title_en || ' ' || note_fr || ' ' || note_en || ' ' || outcome_fr || ' ' || outcome_en) LIKE :word
 UNION SELECT 'source', id FROM sources WHERE lower(title || ' ' || publisher || ' ' || note_fr || ' ' || note_en) LIKE :word
 UNION SELECT 'actor', id FROM actors WHERE lower(note_fr || ' ' || note_en) LIKE :word
) AS found ORDER BY id DESC LIMIT 501"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.searches", description="Measure search among very many records.")
    parser.add_argument("--proposals", type=int, default=6400, help="with about fourteen records on each: 6,400 make 100,000")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each single measurement")
    parser.add_argument("--postgresql", default="", metavar="ADDRESS", help="a server to make a database on, or `package`; else SQLite")
    parser.add_argument("--port", type=int, default=8700)
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    asked = parser.parse_args()
    began, load_before = time.perf_counter(), os.getloadavg()[0]
    with places(asked.postgresql) as found:
        place = found.empty("searches")
        many = made(place, Size(asked.proposals))
        lines = []
        for line in measured(Bench(place, free_port(asked.port), asked.seconds, 1, signed_in(place.engine)), many):
            print(line.row(), file=sys.stderr, flush=True)
            lines.append(line)
        engine = found.engine_name()
    command = "python -m bench.searches" + (" --postgresql ADDRESS" if asked.postgresql else "")
    took = time.perf_counter() - began
    table = report.markdown(lines, engine, command, datetime.now(UTC), (load_before, os.getloadavg()[0]), took)
    print(table)
    if asked.out:
        asked.out.write_text(table)


def made(place: Place, size: Size) -> int:
    """A record with rare words in it, indexed. Gives how many records can be found."""
    migrations.upgrade(place.engine)
    with db.writing(place.engine) as session:
        load(session, now())
    fill(place.engine, size)
    with db.writing(place.engine) as session:
        _spread(session)
        many = index.rebuild(session)
    stocked(place.engine)
    return many


def _spread(session: Session) -> None:
    """Give comments and texts words of their own: the same ones at each run."""
    chosen = random.Random(1)
    for kind, names in ((Comment, ("body", "body_html")), (Text, ("summary", "search_text"))):
        table = kind.__table__  # type: ignore[attr-defined]
        ids = session.execute(select(table.c.id).order_by(table.c.id)).scalars().all()
        told = [{"row": key, "said": _words(number, chosen)} for number, key in enumerate(ids)]
        added = {name: table.c[name] + " " + bindparam("said", type_=String) for name in names}
        session.connection().execute(update(table).where(table.c.id == bindparam("row")).values(added), told)


def _words(number: int, chosen: random.Random) -> str:
    said = [f"mot{chosen.randrange(TAIL)}", *([RARE] if number % 10_000 == 77 else []), *([MIDDLING] if number % 50 == 3 else [])]
    return " ".join(said)


def measured(bench: Bench, many: int) -> Iterator[Line]:
    theme = _theme(bench.place)
    with bench.served() as ours:
        for what, query in PAGES.items():
            request = get(f"/fr/search?{query.format(theme=theme)}", port=ours.port, **bench.member())
            before = ours.cpu()
            outcome = driver.apart(Load(ours.port, lambda _, request=request: request, seconds=bench.seconds))  # type: ignore[misc]
            cpu = (ours.cpu() - before) * 1000 / outcome.asked
            told = f"{outcome.at(50):.1f} ms, p99 {outcome.at(99):.1f} ms on the clock"
            yield Line(f"page of {what}, {many:,} records: processor", told, "–", cpu, 50, 5, "ms", at_most=True)
    with db.reading(bench.place.engine) as session:
        for what, word, floor in (("a rare word", RARE, 10), ("a middling word", MIDDLING, 1), ("a word of every second", "registre", 0.2)):
            yield _beside_like(session, what, word, floor)


def _beside_like(session: Session, what: str, word: str, floor: float) -> Line:
    """Both in turn, in one process, on one connection: the best of each, which others at work on the machine disturb least."""

    def ours() -> object:
        return search.find(session, VISITOR, question.read(f"{word} "), Narrowing()).hits

    def like() -> object:
        return session.connection().execute(text(LIKE), {"word": f"%{word}%"}).all()

    spent = [(_ms(ours), _ms(like)) for _ in range(7)]
    here, there = (min(some) for some in zip(*spent, strict=True))
    return Line(f"{what} found, in process", f"{here:.2f} ms", f"LIKE: {there:.0f} ms", there / here, floor, floor * 10, "times")


def _ms(done: Callable[[], object]) -> float:
    began = time.perf_counter()
    done()
    return (time.perf_counter() - began) * 1000


def _theme(place: Place) -> str:
    with db.reading(place.engine) as session:
        return str(session.connection().execute(text("SELECT min(theme) FROM proposal_themes")).scalar_one())


if __name__ == "__main__":
    main()
