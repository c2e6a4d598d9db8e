"""The post room: does what is due, one piece at a time, and may be killed at any moment without losing any of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from threading import Event

from sqlalchemy import Engine
from sqlmodel import Session

from relais import (
    confirmations,
    dumps,
    following,
    imports,
    invitations,
    mail,
    mailings,
    notices,
    packets,
    presences,
    sign_in,
    tokens,
    webhooks,
)
from relais.confirmations import letters as confirmation_letters
from relais.db import reading, take_stock, writing
from relais.errands import Errand, Office, Step
from relais.following import letters as following_letters
from relais.invitations import letters as invitation_letters
from relais.log import logger
from relais.mail import Letter, NotPosted
from relais.mailings import bounces, composing
from relais.mailings import letters as news_letters
from relais.mailings import owing as mailings_owing
from relais.notices import letters as notice_letters
from relais.notices import owing as notice_owing
from relais.settings import settings
from relais.sign_in import letters as sign_in_letters
from relais.tokens import writes
from relais.webhooks import owing as webhooks_owing

Post = Callable[[Letter, datetime], None]
Settle = Callable[[Session, int, datetime], None]

# Who owes letters. Somebody waits in front of a page for a link to sign in: those go first.
OFFICES: tuple[Office, ...] = (
    sign_in_letters, invitation_letters, confirmation_letters, following_letters, notice_letters, news_letters,
)  # fmt: skip
# What is made of the ledger when no letter is due, each in batches.
STEPS: tuple[Step, ...] = (notice_owing, notice_letters, mailings_owing, composing, webhooks_owing)

IDLE_SECONDS = 1.5
PURGED_EVERY = timedelta(hours=1)


def work(engine: Engine, clock: Callable[[], datetime], stop: Event, post: Post | None = None) -> None:
    """Work until `stop` is set, which is noticed at once. Nothing that fails ends the loop: it is logged, and tried again later."""
    postman = mail.Postman()
    purged: datetime | None = None
    while not stop.is_set():
        try:
            busy = work_once(engine, clock(), postman if post is None else post)
            if purged is None or clock() - purged > PURGED_EVERY:
                purged = purge(engine, clock())
                freeze(engine, clock(), settings().day())
                dumps.nightly(engine, clock(), settings().day())
                take_stock(engine)
        except Exception:
            logger().exception("work_failed")
            busy = False
        if not busy:
            postman.rest()
            stop.wait(IDLE_SECONDS)
    postman.rest()


def drain(engine: Engine, clock: Callable[[], datetime], post: Post | None = None) -> None:
    """Do everything that is due now, purge, and freeze."""
    postman = mail.Postman()
    while work_once(engine, clock(), postman if post is None else post):
        pass
    postman.rest()
    purge(engine, clock())
    freeze(engine, clock(), settings().day())


def work_once(engine: Engine, now: datetime, post: Post) -> bool:
    """Do one piece of work that is due; whether there was any.

    A letter is posted between two units of work, so that nobody waits for the mail server and a worker that dies leaves it due.
    """
    with reading(engine) as session:
        office = next((office for office in OFFICES if office.any_due(session, now)), None)
    if office is None:
        return prepare(engine, now)
    with writing(engine) as session:
        errand = office.next_errand(session, now)
    if errand is None:
        return True
    settle = _settled_by(office, errand, now, post)
    with writing(engine) as session:
        settle(session, errand.row_id, now)
    return True


def prepare(engine: Engine, now: datetime) -> bool:
    """Do one batch of owing or composing; whether there was any to do. Each is one unit of work: killed, it is as if it never began."""
    with reading(engine) as session:
        step = next((step for step in STEPS if step.anything(session, now)), None)
    if step is None:
        return False
    with writing(engine) as session:
        step.batch(session, now)
    return True


def _settled_by(office: Office, errand: Errand, now: datetime, post: Post) -> Settle:
    """Post a letter: the row is settled when it was taken, or never will be; else it is put off."""
    try:
        post(errand.letter, now)
    except NotPosted as failed:
        logger().warning("letter_not_posted", row=errand.row_id, why=str(failed), again=failed.again)
        if failed.nobody:
            return partial(_nobody, office, errand.letter.to, str(failed))
        return office.put_off if failed.again else office.refused
    return office.posted


def _nobody(office: Office, address: str, why: str, session: Session, row_id: int, now: datetime) -> None:
    """Nobody has the address: it gets no news from now on."""
    office.refused(session, row_id, now)
    bounces.end(session, address, why, now)


def freeze(engine: Engine, now: datetime, today: date) -> None:
    """Freeze the hand-over brief on the day of the handover."""
    with reading(engine) as session:
        if not packets.due(session, today):
            return
    with writing(engine) as session:
        packet = packets.freeze_due(session, now=now, today=today)
    if packet:
        logger().info("packet_frozen", presidency=packet.presidency, number=packet.number)


def purge(engine: Engine, now: datetime) -> datetime:
    """Forget what is past its time: when that was done."""
    with writing(engine) as session:
        sign_in.purge(session, now)
        tokens.purge(session, now)
        writes.purge(session, now)
        invitations.purge(session, now)
        confirmations.purge(session, now)
        presences.purge(session, now)
        mailings.purge(session, now)
        notices.purge(session, now)
        following.purge(session, now)
        webhooks.purge(session, now)
        imports.purge(session, now)
    return now
