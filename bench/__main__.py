"""`python -m bench [--quick] [--large] [--postgresql ADDRESS|package] [--out FILE]`: measures everything and prints a table."""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench import measures, report
from bench.data import Size
from bench.measures import Bench
from bench.place import Places, places
from bench.record import made, signed_in
from bench.report import Line
from bench.servers import free_port

SEED_HOLDS = 18


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Relais beside a bare FastAPI page.")
    parser.add_argument("--quick", action="store_true", help="shorter measurements: about 90 seconds in all")
    parser.add_argument("--large", action="store_true", help="also 20,000 proposals with 200,000 comments: some minutes more")
    parser.add_argument("--postgresql", default="", metavar="ADDRESS", help="a server to make databases on, or `package`; else SQLite")
    parser.add_argument("--port", type=int, default=8700, help="the first of two ports to serve on")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    asked = parser.parse_args()
    began, load = time.perf_counter(), os.getloadavg()[0]
    with places(asked.postgresql) as found:
        lines = []
        for line in _lines(found, free_port(asked.port), quick=asked.quick, large=asked.large):
            print(line.row(), file=sys.stderr, flush=True)
            lines.append(line)
        engine = found.engine_name()
    options = [f"--{name}" for name in ("quick", "large") if getattr(asked, name)]
    options += ["--postgresql", "ADDRESS"] if asked.postgresql else []
    command = " ".join(["python -m bench", *options])
    took = time.perf_counter() - began
    table = report.markdown(lines, engine, command, datetime.now(UTC), (load, os.getloadavg()[0]), took)
    print(table)
    if asked.out:
        asked.out.write_text(table)


def _lines(found: Places, port: int, *, quick: bool, large: bool) -> Iterator[Line]:
    seconds, rounds = (1.0, 1) if quick else (3.0, 3)
    main_bench = _bench(found, "main", Size(1000), port, seconds, rounds)
    yield from measures.start(main_bench)
    yield from measures.pages(main_bench)
    larger = _bench(found, "large", Size(20_000), port, seconds, rounds) if large else None
    yield from measures.lists(main_bench, larger)
    yield from measures.relay(_bench(found, "relay", Size(100 - SEED_HOLDS), port, seconds, rounds))
    yield from measures.export(main_bench, "1,000 proposals")
    if larger:
        yield from measures.export(larger, "20,000 proposals")
    yield from measures.comments(main_bench)


def _bench(found: Places, name: str, size: Size, port: int, seconds: float, rounds: int) -> Bench:
    place = found.empty(name)
    made(place.engine, size)
    return Bench(place, port, seconds, rounds, signed_in(place.engine))


if __name__ == "__main__":
    main()
