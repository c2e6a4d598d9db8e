"""The load driver: keep-alive raw sockets over loopback, from a process of its own, every answer checked.

One loop watches all connections; each has one request under way. An answer is whole when its length says so, or its last chunk came.
"""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, NamedTuple

Request = Callable[[int], bytes]
Mark = Callable[[], bytes]
TIMEOUT = 30.0


class Answer(NamedTuple):
    status: int
    headers: bytes
    body: bytes


class WrongAnswer(Exception):
    """An answer with another status, another size, or without what it had to hold."""


@dataclass(frozen=True)
class Load:
    """What to ask: `request` gives the bytes of the nth one. `mark` gives what the body must hold, as known before asking."""

    port: int
    request: Request
    status: int = 200
    mark: Mark | None = None
    connections: int = 1
    seconds: float = 3.0
    warm_up: float = 0.5
    at_most: int = 0


@dataclass
class Outcome:
    """Requests a second, latencies in milliseconds, and the mean size of a body; `asked` counts those of the warm-up too."""

    requests: int = 0
    asked: int = 0
    seconds: float = 0.0
    bytes: int = 0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0

    @property
    def body(self) -> int:
        return self.bytes // max(1, self.requests)

    def at(self, percent: float) -> float:
        """The latency that `percent` of the requests stayed under."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


class Connection:
    """One keep-alive connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = bytearray()
        self._head: tuple[int, int, int] | None = None
        self.asked_at = 0.0
        self.mark = b""

    def ask(self, request: bytes, mark: bytes = b"") -> None:
        self._buffer.clear()
        self._head, self.mark, self.asked_at = None, mark, time.perf_counter()
        self.socket.sendall(request)

    def take(self) -> Answer | None:
        """Receive once: the answer when it is whole. Raises WrongAnswer when the connection ends first."""
        received = self.socket.recv(1 << 18)
        if not received:
            raise WrongAnswer("the server closed the connection")
        self._buffer += received
        if self._head is None and (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            self._head = (int(self._buffer[9:12]), end + 4, _length(bytes(self._buffer[: end + 2]).lower()))
        if self._head is None:
            return None
        status, start, length = self._head
        whole = self._buffer.endswith(b"0\r\n\r\n") if length < 0 else len(self._buffer) - start >= length
        return Answer(status, bytes(self._buffer[:start]), bytes(self._buffer[start:])) if whole else None

    def whole(self, request: bytes) -> Answer:
        """Ask, and wait for the whole answer."""
        self.ask(request)
        while (answer := self.take()) is None:
            pass
        return answer

    def close(self) -> None:
        self.socket.close()


def get(path: str, *, port: int, **headers: str) -> bytes:
    return _request("GET", path, port, headers, b"")


def post(path: str, body: bytes, *, port: int, **headers: str) -> bytes:
    """A form as a browser on the site sends it."""
    typed = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body)), "Sec-Fetch-Site": "same-origin"}
    return _request("POST", path, port, typed | headers, body)


def run(load: Load) -> Outcome:
    """Ask until the time or the count is up. Raises WrongAnswer at the first answer that is not as it must be."""
    connections = [Connection(load.port) for _ in range(load.connections)]
    with selectors.DefaultSelector() as watched:
        for connection in connections:
            watched.register(connection.socket, selectors.EVENT_READ, connection)
        outcome = _loop(load, connections, watched)
    for connection in connections:
        connection.close()
    return outcome


def apart(load: Load) -> Outcome:
    """The same in a process of its own, so that who measures does not slow what is measured."""
    context = get_context("fork")
    told, tell = context.Pipe(duplex=False)
    child = context.Process(target=_tell, args=(load, tell), daemon=True)
    child.start()
    tell.close()
    try:
        outcome = told.recv()
    except EOFError:
        raise WrongAnswer("the driver ended without a word") from None
    child.join()
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _tell(load: Load, tell: Any) -> None:
    try:
        tell.send(run(load))
    except Exception as error:
        tell.send(error)


def _loop(load: Load, connections: list[Connection], watched: selectors.BaseSelector) -> Outcome:
    outcome, number = Outcome(), 0
    began = time.perf_counter()
    counted_from, ends = began + load.warm_up, began + load.warm_up + load.seconds
    busy = 0
    for connection in connections:
        connection.ask(load.request(number), load.mark() if load.mark else b"")
        number, busy = number + 1, busy + 1
    while busy:
        for key, _ in watched.select(TIMEOUT) or _silence():
            connection: Connection = key.data
            answer = connection.take()
            if answer is None:
                continue
            now = time.perf_counter()
            _check(load, connection, answer)
            if now >= counted_from:
                outcome.requests += 1
                outcome.bytes += len(answer.body)
                outcome.latencies.append((now - connection.asked_at) * 1000)
                outcome.seconds = now - counted_from
            if now >= ends or (load.at_most and number >= load.at_most):
                busy -= 1
                continue
            connection.ask(load.request(number), load.mark() if load.mark else b"")
            number += 1
    outcome.asked = number
    return outcome


def _check(load: Load, connection: Connection, answer: Answer) -> None:
    if answer.status != load.status:
        raise WrongAnswer(f"status {answer.status}, not {load.status}: {answer.body[:200]!r}")
    if connection.mark and connection.mark not in answer.body:
        raise WrongAnswer(f"a stale body: {connection.mark!r} is not in it")


def _silence() -> Any:
    raise WrongAnswer(f"no answer in {TIMEOUT:.0f} s")


def _length(head: bytes) -> int:
    """The length the headers state; 0 where there is no body, -1 for chunks."""
    if b"\r\ntransfer-encoding: chunked" in head:
        return -1
    at = head.find(b"\r\ncontent-length:")
    return int(head[at + 17 : head.index(b"\r\n", at + 2)]) if at >= 0 and head[9:12] != b"304" else 0


def _request(method: str, path: str, port: int, headers: dict[str, str], body: bytes) -> bytes:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def streamed(server: Any, request: bytes) -> tuple[float, float, int, float]:
    """Seconds to the first byte and to the last, bytes, and the most memory the server had meanwhile."""
    connection = Connection(server.port)
    began = time.perf_counter()
    connection.socket.sendall(request)
    first, length, most, tail, weighed = 0.0, 0, 0.0, b"", began
    while not tail.endswith(b"0\r\n\r\n"):
        block = connection.socket.recv(1 << 18)
        if not block:
            raise WrongAnswer("the export broke off")
        first = first or time.perf_counter() - began
        length, tail = length + len(block), (tail + block)[-5:]
        if time.perf_counter() - weighed > 0.2:
            most, weighed = max(most, server.memory()), time.perf_counter()
    took = time.perf_counter() - began
    connection.close()
    return first, took, length, max(most, server.memory())
