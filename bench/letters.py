"""Letters of news through faults: `python -m bench.letters [down|hanging|451|550|dropped|killed|many …] [--postgresql ADDRESS|package]`.

A real worker process, a mail server on loopback that fails as named, and at the end who got which change and how often.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from bench.place import Place, places
from bench.post_office import PostOffice, opened
from bench.servers import free_port
from models import Delivery, Group, Mailing, Proposal, Subscriber, Subscription
from models.entry import EntryKind, Family
from models.subscription import Pace
from models.topic import USUAL, TopicKind
from relais import db, entries, ledger, migrations, proposals
from relais.entries import EntryForm
from relais.proposals import MoveForm, ProposalForm
from relais.settings import now
from relais.texts import TextForm

PATIENCE = 900.0  # a worker that is killed leaves its letter to another after five minutes
EVERY = 2.0


@dataclass
class Scene:
    place: Place
    port: int

    @property
    def environment(self) -> dict[str, str]:
        told = {"RELAIS_VAR": str(self.place.folder), "RELAIS_SMTP_URL": f"smtp://127.0.0.1:{self.port}", "RELAIS_LETTER_EVERY": "0"}
        return {**os.environ, **told, **self.place.environment}

    def worker(self) -> "subprocess.Popen[bytes]":
        log = (self.place.folder / "worker.log").open("ab")
        return subprocess.Popen([sys.executable, "-m", "relais", "worker"], env=self.environment, stdout=log, stderr=log)

    def owing(self) -> int:
        """Deliveries that no letter took yet, nor gave up."""
        open_still = select(func.count()).select_from(Delivery).outerjoin(Mailing, col(Mailing.id) == col(Delivery.mailing_id))
        with db.reading(self.place.engine) as session:
            return session.exec(open_still.where(col(Mailing.sent_at).is_(None), col(Mailing.ended_at).is_(None))).one()


def main() -> None:
    through(FAULTS, "letters", "Letters of news through faults.", lambda place: Scene(place, free_port(8600)))


def through(faults: dict[str, Callable[[Any], str]], name: str, about: str, scene: Callable[[Place], Any]) -> None:
    """Run the faults that are named on the command line, each in a scene of its own, and print what came of it."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=about)
    parser.add_argument("faults", nargs="*", default=list(faults), metavar="FAULT", help=", ".join(faults))
    parser.add_argument("--postgresql", default="", metavar="ADDRESS", help="a server to make databases on, or `package`; else SQLite")
    asked = parser.parse_args()
    with places(asked.postgresql) as found:
        for fault in asked.faults:
            began = time.monotonic()
            told = faults[fault](scene(found.empty(f"{name}_{fault}")))
            print(f"{fault}: {told}; {time.monotonic() - began:.0f} s", flush=True)


# --- the record ------------------------------------------------------------------------------------------------------


def followed(scene: Scene, subscribers: int) -> None:
    """A public proposal, and so many who follow everything at once."""
    migrations.upgrade(scene.place.engine)
    with db.writing(scene.place.engine) as session:
        group = Group(slug="bench", name_fr="Banc", name_en="Bench")
        session.add(group)
        session.flush()
        text = TextForm(title="Une proposition", summary="Un résumé.", body="Un corps.")
        form = ProposalForm(slug="bench", text=text, first=MoveForm(to="published"))
        proposals.add(session, form, group=group, by=None, now=now())
        session.flush()
        for number in range(subscribers):
            who = Subscriber(email=f"reader{number}@bench.test", language="en", created_at=now())
            session.add(who)
            session.flush()
            how = {"kind": TopicKind.EVERYTHING, "news": list(USUAL), "pace": Pace.AT_ONCE, "consent": "1", "since_event": 10**6}
            session.add(Subscription(subscriber_id=who.id, asked_at=now(), confirmed_at=now(), **how))
    with db.writing(scene.place.engine) as session:
        newest = ledger.newest(session)
        for row in session.exec(select(Subscription)):
            row.since_event = newest


def change(scene: Scene, number: int) -> None:
    with db.writing(scene.place.engine) as session:
        proposal = session.exec(select(Proposal)).one()
        form = EntryForm(family=Family.INSTITUTIONAL, kind=EntryKind.VOTE, title_en=f"Change {number}", title_fr=f"Change {number}")
        entries.add(session, form, concerns=[proposal], by=None, now=now())


@contextmanager
def working(scene: Scene) -> Iterator[None]:
    process = scene.worker()
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)


def settled(scene: Scene) -> None:
    """Wait until nothing is owed: twice, since what is not owed yet is owed in a moment."""
    until, quiet = time.monotonic() + PATIENCE, 0
    while quiet < 3 and time.monotonic() < until:
        time.sleep(1.5)
        quiet = quiet + 1 if scene.owing() == 0 else 0


# --- the faults ------------------------------------------------------------------------------------------------------


def _through(office: PostOffice, changes: int = 5, subscribers: int = 5, *, closed_for: float = 0.0) -> Callable[[Scene], str]:
    def run(scene: Scene) -> str:
        followed(scene, subscribers)
        with working(scene):
            for number in range(changes):
                change(scene, number)
            time.sleep(closed_for or 0)
            with opened(office, scene.port):
                settled(scene)
        ended = f", {office.refused} refused" if office.refused else ""
        return office.count(subscribers, changes) + ended

    return run


def changed_under_kills(scene: Scene, changes: int) -> int:
    """Make changes while a worker is killed every two seconds, leave the last one alone, and wait until nothing is owed: how many died."""
    kills, process, dies_at = 0, scene.worker(), time.monotonic() + EVERY
    for number in range(changes):
        change(scene, number)
        time.sleep(0.2)
        if time.monotonic() > dies_at:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            process, dies_at = scene.worker(), time.monotonic() + EVERY
    settled(scene)
    process.terminate()
    process.wait(30)
    return kills


def killed(scene: Scene, changes: int = 200, subscribers: int = 5) -> str:
    """A worker is killed every two seconds while changes are made, then for a while after; the last one is left alone."""
    office = PostOffice()
    followed(scene, subscribers)
    with opened(office, scene.port):
        kills = changed_under_kills(scene, changes)
    return f"{office.count(subscribers, changes)}, {kills} workers killed"


def many(scene: Scene, subscribers: int = 10_000) -> str:
    """One change, thousands who follow: how long until it is owed to all, and until all have their letter."""
    office = PostOffice(tell=False)
    followed(scene, subscribers)
    change(scene, 1)
    with opened(office, scene.port), working(scene):
        began, most = time.monotonic(), 0.0
        owed = 0.0
        while office.letters < subscribers and time.monotonic() < began + PATIENCE:
            time.sleep(0.5)
            owed = owed or (time.monotonic() - began if scene.owing() else 0.0)
            most = max(most, _memory(scene))
        took = time.monotonic() - began
    sent = f"{office.letters} letters in {took:.0f} s ({office.letters / took:.0f}/s) over {office.connections} connections"
    return f"owed to all in {owed:.1f} s, {sent}, worker at most {most:.0f} MB"


def _memory(scene: Scene) -> float:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "environ").read_bytes()
            if str(scene.place.folder).encode() in told and b"worker" in (folder / "cmdline").read_bytes():
                lines = (folder / "smaps_rollup").read_text().splitlines()
                return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        except OSError:
            continue
    return 0.0


FAULTS: dict[str, Callable[[Scene], str]] = {
    "down": _through(PostOffice(), closed_for=15),
    "hanging": _through(PostOffice(hangs=2)),
    "451": _through(PostOffice(recipient=("451 later",) * 10)),
    "550": _through(PostOffice(recipient=("550 nobody here",))),
    "dropped": _through(PostOffice(dropped=2)),
    "killed": killed,
    "many": many,
}

if __name__ == "__main__":
    main()
