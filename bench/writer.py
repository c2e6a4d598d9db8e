"""Somebody who posts public comments to one proposal at a steady pace, and tells the number of the last one acknowledged."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from bench.driver import Connection, WrongAnswer, post

LANDED = re.compile(rb"location: [^\r]*#c(\d+)", re.IGNORECASE)


@contextmanager
def writing(port: int, slug: str, cookie: str, a_second: float) -> Iterator[Any]:
    """Post until left. Gives the shared number of the last comment acknowledged, 0 until there is one."""
    context = get_context("fork")
    last, stop = context.Value("q", 0), context.Event()
    child = context.Process(target=_write, args=(port, slug, cookie, 1 / a_second, last, stop), daemon=True)
    child.start()
    try:
        yield last
    finally:
        stop.set()
        child.join()
    if child.exitcode:
        raise WrongAnswer("the writer ended with an error")


def landed(head: bytes) -> int:
    """The number of the comment a redirect leads to."""
    found = LANDED.search(head)
    if found is None:
        raise WrongAnswer(f"no comment in {head!r}")
    return int(found[1])


def comment(port: int, slug: str, cookie: str, words: str) -> bytes:
    body = f"body={words.replace(' ', '+')}&public=true".encode()
    return post(f"/en/proposals/{slug}/comments", body, port=port, Cookie=f"relais={cookie}")


def _write(port: int, slug: str, cookie: str, pause: float, last: Any, stop: Any) -> None:
    connection, number, due = Connection(port), 0, time.perf_counter()
    while not stop.is_set():
        answer = connection.whole(comment(port, slug, cookie, f"Written while others read, number {number}, and a few words more."))
        if answer.status != 303:
            raise WrongAnswer(f"the writer was answered {answer.status}")
        last.value, number, due = landed(answer.headers), number + 1, due + pause
        stop.wait(max(0.0, due - time.perf_counter()))
