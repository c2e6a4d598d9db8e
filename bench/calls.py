"""Webhooks through faults: `python -m bench.calls [hanging|killed …] [--postgresql ADDRESS|package]`.

A real worker process, receivers on loopback that hang or answer, and at the end which change reached whom, how often and how soon.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from statistics import quantiles
from typing import Any

from sqlmodel import select

from bench.letters import Scene as LetterScene
from bench.letters import change, changed_under_kills, followed, settled, through, working
from models import Group, Person, Webhook, WebhookMessage
from models.topic import TopicKind
from relais import db, webhooks
from relais.settings import now
from relais.webhooks import WebhookForm

GOOD, FEW = 20, 5
HANGS = 30.0


class Receivers:
    """One server for all: `/hangs` waits half a minute, every other path takes the message at once. `came` is when which came first."""

    def __init__(self) -> None:
        self.came: dict[tuple[str, str], float] = {}
        self.names: Counter[tuple[str, str]] = Counter()
        self.calls = 0
        receivers = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if self.path == "/hangs":
                    time.sleep(HANGS)
                else:
                    receivers.take(self.path, body["data"]["en"]["text"], self.headers["webhook-id"])
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def take(self, path: str, told: str, name: str) -> None:
        self.calls += 1
        self.came.setdefault((path, told), time.monotonic())
        self.names[path, name] += 1

    @property
    def twice(self) -> int:
        """Calls of a message that was taken already: all under the name it had."""
        return self.calls - len(self.names)


@dataclass
class Scene(LetterScene):
    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"RELAIS_WEBHOOK_NETWORKS": "127.0.0.0/8"}

    def owing(self) -> int:
        """Messages that are owed to receivers that answer."""
        with db.reading(self.place.engine) as session:
            waiting = select(WebhookMessage.id).join(Webhook).where(WebhookMessage.due_at != None, Webhook.name != "hangs")  # noqa: E711
            return len(session.exec(waiting).all())


def main() -> None:
    through(FAULTS, "calls", "Webhooks through faults.", lambda place: Scene(place, 9))


def told(scene: Scene, receivers: Receivers, names: list[str]) -> None:
    """A record with so many webhooks that are told of everything."""
    followed(scene, 0)
    with db.writing(scene.place.engine) as session:
        by = Person(email="bench@bench.test", language="en", created_at=now())
        session.add(by)
        session.flush()
        for first in range(0, len(names), webhooks.PER_GROUP):
            group = Group(slug=f"bench{first}", name_fr="Banc", name_en="Bench")
            session.add(group)
            session.flush()
            for name in names[first : first + webhooks.PER_GROUP]:
                url = f"http://127.0.0.1:{receivers.server.server_port}/{name}"
                form = WebhookForm(name=name, url=url, topic=TopicKind.EVERYTHING.value, kinds=webhooks.usual())
                webhooks.add(session, group, form, by=by, now=now())


def hanging(scene: Scene, changes: int = 20) -> str:
    """One receiver hangs, twenty are told of a change every two seconds: how soon are they?"""
    receivers = Receivers()
    told(scene, receivers, ["hangs", *(f"good{n}" for n in range(GOOD))])
    made = {}
    with working(scene):
        time.sleep(4)
        for number in range(changes):
            change(scene, number)
            made[number] = time.monotonic()
            time.sleep(2)
        settled(scene)
    waited = [at - made[int(text.rsplit("Change ", 1)[1].split()[0].rstrip("."))] for (_, text), at in receivers.came.items()]
    soon = quantiles(waited, n=100)
    lost = GOOD * changes - len(waited)
    return f"{len(waited)} messages, {receivers.twice} twice, {lost} lost, half within {soon[49]:.2f} s, 95 % within {soon[94]:.2f} s"


def killed(scene: Scene, changes: int = 200) -> str:
    """A worker is killed every two seconds while changes are made; the last one is left alone."""
    receivers = Receivers()
    told(scene, receivers, [f"good{n}" for n in range(FEW)])
    kills = changed_under_kills(scene, changes)
    lost = FEW * changes - len(receivers.came)
    return f"{len(receivers.came)} messages, {receivers.twice} twice under one name, {lost} lost, {kills} workers killed"


FAULTS: dict[str, Callable[[Scene], str]] = {"hanging": hanging, "killed": killed}

if __name__ == "__main__":
    main()
