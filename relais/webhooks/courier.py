"""The worker's part that calls webhooks: in a thread of its own, so that no letter waits for a receiver, and no receiver for another."""

from collections.abc import Callable
from datetime import datetime
from threading import BoundedSemaphore, Event, Thread

from sqlalchemy import Engine

from relais.db import reading, writing
from relais.log import logger
from relais.webhooks import calls, sending
from relais.webhooks.answer import Answer
from relais.webhooks.calls import Call

AT_ONCE = 16
IDLE_SECONDS = 0.5

Clock = Callable[[], datetime]
Send = Callable[[str, tuple[str, ...], str, bytes, datetime], Answer]


def work(engine: Engine, clock: Clock, stop: Event, send: Send = sending.send) -> None:
    """Call until `stop` is set. What is under way then is left: it stays due. Nothing that fails ends the loop: it is logged."""
    free = BoundedSemaphore(AT_ONCE)
    while not stop.is_set():
        if not free.acquire(timeout=IDLE_SECONDS):
            continue
        call = _next(engine, clock())
        if call is None:
            free.release()
            stop.wait(IDLE_SECONDS)
        else:
            _courier(engine, call, clock, send, free.release)


def drain(engine: Engine, clock: Clock, send: Send = sending.send) -> None:
    """Make every call that is due now, as many at once as `work` does."""
    while due := [call for _ in range(AT_ONCE) if (call := _next(engine, clock()))]:
        for courier in [_courier(engine, call, clock, send) for call in due]:
            courier.join()


def _courier(engine: Engine, call: Call, clock: Clock, send: Send, then: Callable[[], None] = lambda: None) -> Thread:
    """A thread for one call: a pool of them could not be left while one of its calls hangs."""

    def run() -> None:
        try:
            _deliver(engine, call, clock, send)
        finally:
            then()

    thread = Thread(target=run, name="courier", daemon=True)
    thread.start()
    return thread


def _next(engine: Engine, now: datetime) -> Call | None:
    try:
        with reading(engine) as session:
            if not calls.any_due(session, now):
                return None
        with writing(engine) as session:
            return calls.next_call(session, now)
    except Exception:
        logger().exception("calls_failed")
        return None


def _deliver(engine: Engine, call: Call, clock: Clock, send: Send) -> None:
    """Call between two units of work, so that nobody waits for a receiver and a worker that dies leaves the call due."""
    try:
        answer = send(call.url, call.salts, call.name, call.body, clock())
        with writing(engine) as session:
            calls.settle(session, call, answer, clock())
    except Exception:
        logger().exception("call_failed", message=call.name)
        return
    if not answer.taken:
        logger().warning("webhook_not_taken", message=call.name, webhook=call.webhook_id, status=answer.status, why=answer.why)
