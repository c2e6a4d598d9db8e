"""The web server: checks what it needs, says where to look, and stops without cutting a request."""

import os
import signal
import socket
import sys
from contextlib import nullcontext

import typer
import uvicorn

from relais.commands import database, welcome
from relais.commands.refusal import CannotRun
from relais.commands.work import post_room
from relais.db import writing
from relais.settings import now, settings

ANY_HOST = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104  read, not bound to
# Requests under way have 8 seconds to finish, and the worker one more: a supervisor usually kills after 10.
SECONDS_TO_FINISH, WORKER_SECONDS = 8, 1.0


def run(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Serve until told to stop. Raises CannotRun when the database is not ready or the address is taken."""
    os.environ.setdefault("RELAIS_BASE_URL", _base_url(host, port))  # before the settings are read, here and in the processes to come
    engine = database.ready()
    _must_be_free(host, port)
    with writing(engine) as session:
        invitation = welcome.words(session, now())
    typer.echo("\n".join(filter(None, (f"Relais: {settings().base_url}", invitation))))
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises it again once it has stopped
    with post_room(engine, WORKER_SECONDS) if with_worker else nullcontext():
        uvicorn.run(
            "relais.asgi:app",
            host=host,
            port=port,
            workers=workers,
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=SECONDS_TO_FINISH,
        )


def _base_url(host: str, port: int) -> str:
    reached = ANY_HOST.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def _must_be_free(host: str, port: int) -> None:
    try:
        family, *_, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as taken:
        raise CannotRun(f"Cannot listen on {host}:{port}: {os.strerror(taken.errno or 0)}") from None
