"""Each piece of work of the report: set up, measured beside what it is compared with, told as lines."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from bench import driver, servers, writer
from bench.data import HOT
from bench.driver import Connection, Load, Outcome, get, streamed
from bench.place import Place
from bench.posting import held, open_to
from bench.report import Line
from bench.servers import Server

PAGE = f"/en/proposals/{HOT}"
LIST = "/en/proposals?level=eu&stage=published"
RELAY = "/en/?columns=24&shown=all"
POSTED = "Posted by the benchmark"


@dataclass
class Bench:
    """Where the record is and who reads it; `seconds` for each single measurement, `rounds` in turn with what it is beside."""

    place: Place
    port: int
    seconds: float
    rounds: int
    cookie: str = ""

    @contextmanager
    def served(self) -> Iterator[Server]:
        with servers.relais(self.place.folder, self.port, PAGE, **self.place.environment) as server:
            yield server

    def ask(self, server: Server, path: str, connections: int, **more: Any) -> "Sample":
        headers = {name: value for name, value in more.items() if name not in ("status", "mark", "seconds")}
        request = get(path, port=server.port, **headers)
        load = Load(
            server.port, lambda _: request, status=more.get("status", 200), mark=more.get("mark"), connections=connections,
            seconds=more.get("seconds", self.seconds),
        )  # fmt: skip
        before = server.cpu()
        outcome = driver.apart(load)
        return Sample(outcome, (server.cpu() - before) * 1000 / outcome.asked)

    def inside(self, what: str) -> dict[str, Any]:
        """What bench/inside.py finds, in a process of its own."""
        told = {"RELAIS_VAR": str(self.place.folder), "RELAIS_TODAY": servers.DAY, **self.place.environment}
        command = [sys.executable, "-m", "bench.inside", what]
        found: dict[str, Any] = json.loads(subprocess.run(command, env=os.environ | told, check=True, capture_output=True).stdout)
        return found

    def member(self) -> dict[str, str]:
        return {"Cookie": f"relais={self.cookie}"}


@dataclass
class Sample:
    outcome: Outcome
    cpu: float

    @property
    def rate(self) -> float:
        return self.outcome.rate

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s, {self.cpu:.2f} ms CPU, p99 {self.outcome.at(99):.1f} ms"


def _middle(samples: list[Sample]) -> Sample:
    return sorted(samples, key=lambda sample: sample.rate)[len(samples) // 2]


def pages(bench: Bench) -> Iterator[Line]:
    """The proposal page with 50 comments: kept, unchanged, rendered anew, and kept while somebody writes."""
    with bench.served() as ours:
        whole = Connection(ours.port).whole(get(PAGE, port=ours.port))
        tag = re.search(rb"etag: ([^\r]+)", whole.headers, re.IGNORECASE)
        unchanged = {"If_None_Match": tag[1].decode() if tag else "", "status": 304}
        with servers.bare(len(whole.body), bench.port + 1) as bare:
            for connections in (1, 16):
                kept, beside = _in_turn(bench, connections, (ours, PAGE, {}), (bare, "/page", {}))
                yield _part(f"proposal page, 50 comments, visitor, {_at(connections)}", kept, beside, 10, 85)
            kept, beside = _in_turn(bench, 16, (ours, PAGE, unchanged), (bare, "/unchanged", unchanged))
            yield _part(f"the same with If-None-Match, {_at(16)}", kept, beside, 100, 100)
            for connections in (1, 16):
                anew, beside = _in_turn(bench, connections, (ours, PAGE, bench.member()), (bare, "/page", {}))
                yield _part(f"the same rendered anew for a member, {_at(connections)}", anew, beside, 8, 12)
        yield from _while_written(bench, ours)


def _while_written(bench: Bench, ours: Server) -> Iterator[Line]:
    """Whatever was acknowledged before a request is in its answer, or the driver raises."""
    with writer.writing(ours.port, HOT, bench.cookie, 10) as last:
        mark = lambda: b'id="c%d"' % last.value if last.value else b""  # noqa: E731
        samples = {connections: bench.ask(ours, PAGE, connections, mark=mark, seconds=2 * bench.seconds) for connections in (1, 16)}
        posted = last.value
    for connections, kept in samples.items():
        with servers.bare(kept.outcome.body, bench.port + 1) as bare:
            beside = bench.ask(bare, "/page", connections)
        work = f"proposal page, visitor, while ten comments a second are posted to it, {_at(connections)}"
        yield _part(work, kept, beside, 10, 85)
        if connections == 16:
            p99 = kept.outcome.at(99) / beside.outcome.at(99)
            yield Line(
                "its p99 beside the bare page’s",
                f"{kept.outcome.at(99):.1f} ms",
                f"{beside.outcome.at(99):.1f} ms",
                p99,
                4,
                2,
                "times",
                at_most=True,
            )
    if not posted:
        raise driver.WrongAnswer("nobody wrote meanwhile")


def relay(bench: Bench) -> Iterator[Line]:
    """One hundred proposals by twenty-four presidencies."""
    found = bench.inside("relay")
    with servers.relais(bench.place.folder, bench.port, RELAY, **bench.place.environment) as ours:
        member = bench.ask(ours, RELAY, 1, **bench.member())
    told = f"{found['cpu']:.0f} ms CPU, {found['template']:.0f} of it the template, {found['bytes'] / 1000:,.0f} kB"
    work = "relay, 100 proposals by 24 presidencies, rendered anew"
    yield Line(f"{work}, in process", told, "–", found["ms"], 200, 60, "ms", at_most=True)
    yield Line(f"{work}, as a member over HTTP", str(member), "–", member.outcome.at(50), 200, 60, "ms", at_most=True)


def lists(bench: Bench, larger: Bench | None) -> Iterator[Line]:
    found, anew = bench.inside("list"), bench.inside("list-anew")
    with servers.relais(bench.place.folder, bench.port, LIST, **bench.place.environment) as ours:
        member = bench.ask(ours, LIST, 1, **bench.member())
    over, first = (one["cpu"] - one["template"] for one in (found, anew))
    told = f"{found['cpu']:.1f} ms in process, {found['template']:.1f} of it the template, {first:.1f} over found anew; member: {member}"
    yield Line("list of 25, two filters, 1,000 proposals: CPU over its template", told, "–", over, 1.5, 1.5, "ms", at_most=True)
    if larger:
        for work, what, bar in (("list of 25, found anew", "list-anew", 1.5), ("proposal page rendered anew", "show", 1.1)):
            here, there = (anew if what == "list-anew" else bench.inside(what)), larger.inside(what)
            ours, beside = f"{there['cpu']:.1f} ms CPU", f"{here['cpu']:.1f} ms at 1,000"
            yield Line(
                f"{work} at 20,000 proposals, 200,000 comments", ours, beside, there["cpu"] / here["cpu"], 100, bar, "times", at_most=True
            )


def export(bench: Bench, size: str) -> Iterator[Line]:
    """The whole record as JSON, streamed over one connection, beside the same rows merged in one process without a server: the best of
    three each. The first byte and the memory are of a process that was never asked for it, and loads what writes it."""
    with bench.served() as ours:
        before = ours.memory()
        request = get("/export.json", port=ours.port)
        first, _, _, most = streamed(ours, request)
        took, length = min(streamed(ours, request)[1:3] for _ in range(3))
    floor, own, database = bench.inside("merge"), bench.inside("export"), bench.inside("own")
    rate = floor["items"] / took
    told = f"{rate:,.0f} proposals/s, {length / took / 1e6:.0f} MB/s, {length / 1e6:.1f} MB"
    beside = f"merge: {floor['rate']:,.0f}/s; ours without HTTP: {own['rate']:,.0f}/s"
    beside += f"; the database’s own JSON of its tables: {database['rate']:,.0f}/s"
    yield Line(f"JSON export, {size}, streamed", told, beside, 100 * rate / floor["rate"], 30, 60)
    yield Line(f"its first byte, {size}", f"{first * 1000:.1f} ms", "–", first * 1000, 50, 50, "ms", at_most=True)
    yield Line(f"memory it adds, {size}", f"{most - before:.1f} MB", "–", most - before, 16, 16, "MB", at_most=True)


def comments(bench: Bench) -> Iterator[Line]:
    """Comments posted by a member to many proposals, each acknowledged after its commit; all of them are counted afterwards."""
    slugs = open_to(bench.place.engine, HOT)
    with bench.served() as ours:
        for connections in (1, 8):
            before, there = bench.place.commits(bench.seconds / 2), held(bench.place.engine, POSTED)
            sample = _post(bench, ours, slugs, connections)
            kept = held(bench.place.engine, POSTED) - there
            commits = statistics.mean((before, bench.place.commits(bench.seconds / 2)))
            if kept != sample.outcome.asked:
                raise driver.WrongAnswer(f"{sample.outcome.asked} comments were acknowledged, {kept} are there")
            work = f"comments posted, durable, with their ledger row, {_at(connections)}"
            yield Line(work, str(sample), f"commits: {commits:,.0f}/s", 100 * sample.rate / commits, 10, 20)
            yield Line(
                f"p99 of that, {_at(connections)}",
                f"{sample.outcome.at(99):.1f} ms",
                "–",
                sample.outcome.at(99),
                100,
                50,
                "ms",
                at_most=True,
            )


def start(bench: Bench) -> Iterator[Line]:
    """A second start, of ours and of the bare page: the first compiles what it loads."""
    with ExitStack() as stack:
        with bench.served(), servers.bare(1000, bench.port + 1):
            starts = []
        for _ in range(bench.rounds):
            with bench.served() as ours:
                starts.append(ours.first_answer)
        ours = stack.enter_context(bench.served())
        beside = stack.enter_context(servers.bare(1000, bench.port + 1))
        time.sleep(2)
        memory, bare_memory = ours.memory(), beside.memory()
    took = min(starts)
    yield Line("start to the first whole page", f"{took:.2f} s", f"{beside.first_answer:.2f} s", took, 2, 1, "s", at_most=True)
    yield Line("memory at rest, one process (PSS)", f"{memory:.0f} MB", f"{bare_memory:.0f} MB", memory, 150, 90, "MB", at_most=True)


def _in_turn(bench: Bench, connections: int, *sides: tuple[Server, str, dict[str, Any]]) -> list[Sample]:
    """Each side in turn, round by round, so that a busy minute strikes both; the middle round of each."""
    rounds = [[bench.ask(server, path, connections, **more) for server, path, more in sides] for _ in range(bench.rounds)]
    return [_middle(list(side)) for side in zip(*rounds, strict=True)]


def _part(work: str, ours: Sample, bare: Sample, floor: float, bar: float) -> Line:
    return Line(work, str(ours), f"bare: {bare}", 100 * ours.rate / bare.rate, floor, bar)


def _at(connections: int) -> str:
    return f"{connections} connections" if connections > 1 else "1 connection"


def _post(bench: Bench, server: Server, slugs: list[str], connections: int) -> Sample:
    numbers = count()

    def request(_: int) -> bytes:
        number = next(numbers)
        words = f"{POSTED}, number {number} of {connections} at once. "  # never the same twice: that would be one comment
        return writer.comment(server.port, slugs[number % len(slugs)], bench.cookie, words + "Word after word. " * 12)

    before = server.cpu()
    outcome = driver.apart(Load(server.port, request, status=303, connections=connections, seconds=bench.seconds))
    return Sample(outcome, (server.cpu() - before) * 1000 / outcome.asked)
