"""Web processes as they are served, on the database of the test; and streams read from them as a page would."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlencode

import httpx

from tests.days import TODAY

STARTS_WITHIN, HEARD_WITHIN = 60.0, 15.0


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def post(self, path: str, cookies: Mapping[str, str], **form: str) -> httpx.Response:
        headers = {"Sec-Fetch-Site": "same-origin"}
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", cookies=dict(cookies), headers=headers, trust_env=False) as client:
            return client.post(path, data=form)

    def stop(self) -> tuple[int, float]:
        """Told to stop: the exit code, and how long it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15), time.monotonic() - began


@contextmanager
def serving(var: Path) -> Iterator[Server]:
    """`python -m relais serve` on the database this process uses."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    house = {**os.environ, "RELAIS_VAR": str(var), "RELAIS_TODAY": TODAY.isoformat(), "RELAIS_BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "relais", "serve", "--no-worker", "--port", str(port)]
    with (var / f"log-{port}").open("wb") as log:
        process = subprocess.Popen(command, env=house, stdout=log, stderr=log)
    try:
        _wait_for(process, port)
        yield Server(port, process)
    finally:
        process.kill()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


@dataclass
class Listener:
    """A page's stream, read in a thread. `heard` are the messages so far, each by its fields; `beats` the comments between them."""

    server: Server
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    last: str = ""
    heard: list[dict[str, str]] = field(default_factory=list)
    beats: int = 0
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def listen(self, **query: object) -> "Listener":
        self._news: Queue[dict[str, str] | None] = Queue()
        line = HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Accept": "text/html, text/event-stream", "HX-Request": "true"}
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        headers |= {"Last-Event-ID": self.last} if self.last else {}
        line.request("GET", f"{self.path}?{urlencode(query)}", headers=headers)
        assert line.sock is not None
        self._socket = line.sock
        answer = line.getresponse()
        self.status, self.headers = answer.status, {name.lower(): value for name, value in answer.getheaders()}
        self._reader = Thread(target=self._read, args=(line, answer, self._news), daemon=True)
        self._reader.start()
        return self

    def _read(self, connection: HTTPConnection, answer: HTTPResponse, news: "Queue[dict[str, str] | None]") -> None:
        message: dict[str, str] = {}
        with closing(connection), closing(answer), suppress(OSError, HTTPException):
            while line := answer.readline().decode():
                name, _, value = line.rstrip("\n").partition(": ")
                if name:
                    message[name] = message.get(name, "") + value
                elif "data" in message:
                    news.put(message)
                    message = {}
                else:
                    self.beats += 1
        news.put(None)

    def next(self, within: float = HEARD_WITHIN) -> dict[str, str] | None:
        """The next message; None when the stream has ended. AssertionError when there is neither."""
        try:
            message = self._news.get(timeout=within)
        except Empty:
            raise AssertionError(f"nothing in {within} s after {self.heard}") from None
        if message is not None:
            self.heard.append(message)
            self.last = message.get("id", self.last)
        return message

    def next_act(self) -> dict[str, str] | None:
        """The next message about an act."""
        while (message := self.next()) is not None and "id" not in message:
            pass
        return message

    def hang_up(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._reader.join(5)
