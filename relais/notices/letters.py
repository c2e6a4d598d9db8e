"""The worker's part in letters to members: what is due to one of them becomes one letter, written as things stand when it is posted."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlmodel import Session, col

from models import Mailing, Notice, NoticeChoice, Person
from relais import access, errands, mail, notices
from relais.activity.words import ActWords
from relais.errands import Errand
from relais.i18n import counted, moment
from relais.mail import Letter
from relais.mailings import closing
from relais.mailings.composing import named
from relais.notices.words import why
from relais.settings import settings

BATCH = 200


def anything(session: Session, now: datetime) -> bool:
    return session.execute(_waiting(now).limit(1)).first() is not None


def batch(session: Session, now: datetime) -> None:
    """Put together what is due to some members, one letter each."""
    for person in session.execute(_waiting(now).limit(BATCH)).scalars().all():
        letter = insert(Mailing).values(person_id=person, message_id=named(), composed_at=now, due_at=now, attempts=0, ended_why="")
        key = session.connection().execute(letter.returning(col(Mailing.id))).scalar_one()
        session.connection().execute(update(Notice).where(col(Notice.person_id) == person, *_owed(now)).values(mailing_id=key, due_at=None))


def _owed(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Notice.due_at) <= now, col(Notice.mailing_id).is_(None), col(Notice.read_at).is_(None)


def _waiting(now: datetime) -> Select[Any]:
    """Members to whom something is due, who may get a letter now: none is held back or under way, and the last is long enough ago."""
    last = now - timedelta(minutes=settings().letter_every)
    to_them = col(Mailing.person_id) == col(Notice.person_id)
    lately = select(col(Mailing.id)).where(to_them, (col(Mailing.due_at).is_not(None)) | (col(Mailing.sent_at) > last)).exists()
    may = (~lately, col(Notice.person_id).not_in(_paused(now)))
    return select(col(Notice.person_id)).where(*_owed(now), *may).group_by(col(Notice.person_id)).order_by(func.min(Notice.id))


def _paused(now: datetime) -> Select[Any]:
    return select(col(NoticeChoice.person_id)).where(col(NoticeChoice.paused_until) > now)


# --- posting ---------------------------------------------------------------------------------------------------------


def any_due(session: Session, now: datetime) -> bool:
    return errands.any_due(session, Mailing, *_due(now))


def next_errand(session: Session, now: datetime) -> Errand | None:
    """Take up the oldest letter that is due; close it where all it tells was read meanwhile, or may not be known any more."""
    mailing = next(iter(errands.oldest(session, Mailing, *_due(now), limit=1)), None)
    if mailing is None:
        return None
    if session.execute(_paused(now).where(col(NoticeChoice.person_id) == mailing.person_id)).first():
        session.connection().execute(update(Notice).where(col(Notice.mailing_id) == mailing.id).values(mailing_id=None, due_at=now))
        closing.close(mailing, now, "held back")
        return None
    letter = _letter(session, mailing)
    if letter is None:
        closing.close(mailing, now, "nothing left to tell")
        return None
    errands.take_up(mailing, now)
    return Errand(mailing.id, letter)


def posted(session: Session, mailing_id: int, now: datetime) -> None:
    if mailing := closing.under_way(session, mailing_id):
        mailing.due_at, mailing.sent_at = None, now


def refused(session: Session, mailing_id: int, now: datetime) -> None:
    if mailing := closing.under_way(session, mailing_id):
        closing.close(mailing, now, "refused")


def put_off(session: Session, mailing_id: int, now: datetime) -> None:
    closing.put_off(session, mailing_id, now)


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Mailing.due_at) <= now, col(Mailing.person_id).is_not(None)


def _letter(session: Session, mailing: Mailing) -> Letter | None:
    person = session.get_one(Person, mailing.person_id)
    language = person.language
    unread = select(Notice.kind, Notice.event_id).where(col(Notice.mailing_id) == mailing.id, col(Notice.read_at).is_(None))  # type: ignore[call-overload]
    owed = session.execute(unread.order_by(col(Notice.id).desc())).all()
    acts = notices.acts_of(session, access.reader_for(session, person), language, [row.event_id for row in owed])
    words = ActWords(language)
    lines = []
    for kind, event in owed:
        if act := acts.get(event):
            place = words.place(act)
            told = " ".join(filter(None, (words.act(act), place.words, words.more(act))))
            lines.append({"why": why(language, kind, act.kind), "told": told, "when": f"{moment(act.at, language)} · {words.who(act)}"})
    if not lines:
        return None
    address = f"{settings().base_url}/{language}/notices"
    return mail.write(
        "notices",
        to=person.email,
        language=language,
        subject=counted(language, "Relais: %(n)s notice for you", "Relais: %(n)s notices for you", len(lines)),
        headers=(("List-Id", f"Relais <notices.{urlsplit(settings().base_url).hostname}>"),),
        message_id=mailing.message_id,
        lines=lines,
        colon=words.words.colon,
        link=address,
        change=f"{address}/letters",
    )
