"""The worker: in a process of its own, or as threads beside the pages."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from sqlalchemy import Engine

from relais import dumps, outbox
from relais.commands import database
from relais.settings import now, settings
from relais.webhooks import courier

# What is under way may be finished; what takes longer stays due, and the next worker takes it up.
SECONDS_TO_FINISH = 8.0
ENDING = {signal.SIGTERM, signal.SIGINT}


def run(*, once: bool) -> None:
    """Post and call what is due, and dump the record each night, until told to stop; or only what is due now."""
    engine = database.ready()
    if once:
        outbox.drain(engine, now)
        courier.drain(engine, now)
        dumps.nightly(engine, now(), settings().day())
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    with post_room(engine):
        signal.sigwait(ENDING)


@contextmanager
def post_room(engine: Engine, seconds_to_finish: float = SECONDS_TO_FINISH) -> Iterator[None]:
    """The worker as two threads, one for letters and one that calls webhooks, told to stop at the end."""
    stop = Event()
    rooms = (("outbox", outbox.work), ("courier", courier.work))
    threads = [Thread(target=work, args=(engine, now, stop), name=name, daemon=True) for name, work in rooms]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(seconds_to_finish)
