"""What pages that are open cost: `python -m bench.streams [--streams 100] [--postgresql ADDRESS|package] [--port N]`.

Memory before and after, connections to the database, processor at rest, and how long until every page has heard of a new comment.
"""

import argparse
import select
import socket
import time
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session, col
from sqlmodel import select as chosen

from bench.data import HOT, Size
from bench.place import Place, places
from bench.record import made, signed_in
from bench.servers import Server, free_port, relais
from models import Person, Proposal
from relais import comments, db
from relais.comments import CommentForm
from relais.settings import now

SETTLES, RESTS, ROUNDS, HEARD_WITHIN = 2.0, 10.0, 5, 20.0
OF_A_MEMBER = 0.2
HEAD = "GET /en/proposals/{slug}/live?after={after} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nHX-Request: true\r\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.streams", description="Measure what pages that are open cost.")
    parser.add_argument("--streams", type=int, default=100)
    parser.add_argument("--postgresql", default="", metavar="ADDRESS", help="a server to make a database on, or `package`; else SQLite")
    parser.add_argument("--port", type=int, default=8700)
    asked = parser.parse_args()
    with places(asked.postgresql) as found:
        place = found.empty("streams")
        made(place.engine, Size(20))
        cookie = f"relais={signed_in(place.engine)}"
        with relais(place.folder, free_port(asked.port), f"/en/proposals/{HOT}", **place.environment) as server:
            print(found.engine_name())
            _measure(place, server, asked.streams, cookie)


def _measure(place: Place, server: Server, number: int, cookie: str) -> None:
    with db.reading(place.engine) as session:
        after = db.state_of(session)
    for page in [_opened(server, after, cookie) for _ in range(2)]:  # what the first of all costs is not counted for each
        page.close()
    time.sleep(SETTLES)
    memory, connections = server.memory(), _connections(place, server)
    began = time.perf_counter()
    members = round(number * OF_A_MEMBER)
    pages = [_opened(server, after, cookie if one < members else "") for one in range(number)]
    print(f"{number} pages opened in {time.perf_counter() - began:.2f} s, {members} of them a member's")
    time.sleep(SETTLES)
    more = server.memory() - memory
    print(f"memory (PSS): {memory:.1f} MB before, {more:+.1f} MB with them: {1024 * more / number:.0f} kB each")
    print(f"connections to the database: {connections} before, {_connections(place, server)} with them; threads {_threads(server)}")
    cpu = server.cpu()
    time.sleep(RESTS)
    print(f"at rest: {100 * (server.cpu() - cpu) / RESTS:.1f} % of one processor")
    for page in pages:
        _read(page)
    heard = sorted(_heard(place, pages, f"Round {one}") for one in range(ROUNDS))
    print(f"from the commit of a comment to the last page: median {1000 * heard[ROUNDS // 2]:.0f} ms, longest {1000 * heard[-1]:.0f} ms")
    for page in pages:
        page.close()
    time.sleep(SETTLES)
    print(f"memory when they have gone: {server.memory() - memory:+.1f} MB")


def _opened(server: Server, after: int, cookie: str) -> socket.socket:
    page = socket.create_connection(("127.0.0.1", server.port))
    page.sendall((HEAD.format(slug=HOT, after=after) + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode())
    answer = page.recv(2048)
    if b" 200 " not in answer.split(b"\r\n", 1)[0]:
        raise RuntimeError(answer.decode(errors="replace"))
    page.setblocking(False)
    return page


def _heard(place: Place, pages: Iterable[socket.socket], words: str) -> float:
    """Seconds from the commit until every page was told."""
    with db.writing(place.engine) as session:
        comments.post(session, _one(session), CommentForm(body=words, public=True), by=_somebody(session), now=now())
    began, waiting = time.perf_counter(), set(pages)
    while waiting:
        ready, _, _ = select.select(waiting, [], [], HEARD_WITHIN)
        if not ready:
            raise RuntimeError(f"{len(waiting)} pages were not told")
        waiting -= {page for page in ready if b"event: comment" in _read(page)}
    return time.perf_counter() - began


def _read(page: socket.socket) -> bytes:
    try:
        return page.recv(65536)
    except BlockingIOError:
        return b""


def _one(session: Session) -> Proposal:
    return session.exec(chosen(Proposal).where(col(Proposal.slug) == HOT)).one()


def _somebody(session: Session) -> Person:
    """Not the member who listens."""
    return session.exec(chosen(Person).where(col(Person.email).not_like("bench-0@%")).order_by(col(Person.id)).limit(1)).one()


def _connections(place: Place, server: Server) -> int:
    """Those of the server: sessions on PostgreSQL, open handles of the file on SQLite."""
    if place.address:
        with db.reading(place.engine) as session:
            ours = "datname = current_database() AND pid <> pg_backend_pid()"
            return int(session.connection().execute(text(f"SELECT count(*) FROM pg_stat_activity WHERE {ours}")).scalar_one())
    handles = [handle.readlink() for pid in server.pids() for handle in Path(f"/proc/{pid}/fd").iterdir() if handle.is_symlink()]
    return sum(handle.name == "relais.db" for handle in handles)


def _threads(server: Server) -> int:
    return sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in server.pids())


if __name__ == "__main__":
    main()
