"""What a letter of news says: what changed since the last one, by proposal, as a visitor may know it when the letter is posted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlmodel import Session, col

from models import Delivery, Mailing, Proposal, Subscriber, Subscription
from models.proposal import LADDER, Stage
from relais import activity, country, mail, presidencies, topics
from relais.access import VISITOR
from relais.activity import Act, Filters
from relais.activity.words import ActWords
from relais.db import columns
from relais.feeds import facts
from relais.i18n import counted, day, long_day, say
from relais.mail import Letter
from relais.mailings import links
from relais.mailings.composing import domain
from relais.presidencies import Term
from relais.settings import BRUSSELS, settings
from relais.topics import Topic


@dataclass(frozen=True)
class Change:
    """`place` stands where a change is about no proposal, and says what it is about."""

    day: str
    act: str
    place: str
    fact: str
    address: str


@dataclass(frozen=True)
class Section:
    """A proposal and its changes, the newest first; what is about none has no title."""

    slug: str
    title: str
    language: str
    address: str
    stage: Stage | None
    stands: str
    changes: tuple[Change, ...]

    @property
    def bars(self) -> list[str]:
        """The six steps of the ladder: done, where it stands, ahead. None for what has ended."""
        step = self.stage.step if self.stage else 0
        return ["done" if n < step else "now" if n == step else "ahead" for n in range(1, len(LADDER) + 1)] if step else []


@dataclass(frozen=True)
class Handover:
    """The next change of presidency, in words, and where its brief is read."""

    words: str
    address: str


def letter(session: Session, mailing: Mailing, subscriber: Subscriber, owed: Sequence[Delivery], now: datetime) -> Letter | None:
    """The letter as the record stands; None where nothing is left that a visitor may know of."""
    language = subscriber.language
    told = _acts(session, language, {row.event_id for row in owed})
    if not told:
        return None
    sections = _sections(session, language, told)
    why = [row for row in (session.get(Subscription, key) for key in sorted({row.subscription_id or 0 for row in owed})) if row]
    today = now.astimezone(BRUSSELS).date()
    stop_all = links.stop(subscriber)
    return mail.write(
        "news",
        to=subscriber.email,
        language=language,
        subject=_subject(language, sections, len(told)),
        headers=_headers(sections, stop_all),
        message_id=mailing.message_id,
        heading=counted(language, "%(n)s change", "%(n)s changes", len(told)),
        day=long_day(today, language),
        sections=sections,
        handover=_handover(session, language, today),
        why=_named(session, language, why),
        manage=links.manage(subscriber),
        stop=links.stop(subscriber, *why),
        stop_all=stop_all,
    )


def _acts(session: Session, language: str, events: Collection[int]) -> list[Act]:
    """Visibility is asked in the query: none is cut off before it."""
    return activity.each(session, VISITOR, language, Filters(only=frozenset(events)), limit=len(events))[0] if events else []


def _sections(session: Session, language: str, told: Sequence[Act]) -> tuple[Section, ...]:
    """By proposal, the one that changed last first."""
    words, known = ActWords(language), facts.of(session, language, told)
    by_slug: dict[str, list[Act]] = {}
    for act in told:
        by_slug.setdefault(act.proposal.slug if act.proposal else "", []).append(act)
    stages = dict(session.execute(columns(Proposal.slug, Proposal.stage).where(col(Proposal.slug).in_(by_slug))).all())
    found = []
    for slug, acts in by_slug.items():
        title, stage = acts[0].proposal, stages.get(slug)
        changes = tuple(_change(language, words, act, known.get(act.id, "")) for act in acts)
        address = _at(language, f"/proposals/{slug}" if slug else "/")
        stands = _stands(words, stage) if stage else ""
        found.append(Section(slug, title.words if title else "", title.language if title else language, address, stage, stands, changes))
    return tuple(found)


def _change(language: str, words: ActWords, act: Act, fact: str) -> Change:
    place = words.place(act)
    when = day(act.at.astimezone(BRUSSELS).date(), language, year=False)
    said = ", ".join(filter(None, (words.alone(act), words.more(act))))
    return Change(when, said, "" if act.proposal else place.words, fact, _at(language, place.path))


def _stands(words: ActWords, stage: Stage) -> str:
    word = words.words.word(stage)
    if not stage.step:
        return word
    return say(words.language, "Stage %(step)s of %(of)s, %(stage)s.", step=stage.step, of=len(LADDER), stage=word.lower())


def _handover(session: Session, language: str, today: date) -> Handover | None:
    calendar = presidencies.calendar(session)
    now: Term | None = calendar.at(today)
    then = calendar.after(now)
    if now is None or then is None:
        return None
    days = counted(language, "in %(n)s day", "in %(n)s days", (then.starts_on - today).days)
    first = long_day(then.starts_on, language)
    start = country.out_of(now.code, now.name(language), language)
    end = country.to(then.code, then.name(language), language)
    told = say(language, "%(start)s %(end)s, %(day)s, %(days)s.", start=start[0].upper() + start[1:], end=end, day=first, days=days)
    return Handover(told, _at(language, f"/presidencies/{then.slug}"))


def _named(session: Session, language: str, why: Sequence[Subscription]) -> list[str]:
    """The names of what they follow that brought this letter."""
    asked = [Topic(row.kind, row.key) for row in why]
    found = topics.named(session, VISITOR, language, asked)
    return [found[topic].words for topic in asked if topic in found]


def _subject(language: str, sections: Sequence[Section], number: int) -> str:
    changes = counted(language, "%(n)s change", "%(n)s changes", number)
    if len(sections) == 1 and sections[0].title:
        return say(language, "Relais: %(changes)s, %(title)s", changes=changes, title=sections[0].title)
    proposals = counted(language, "on %(n)s proposal", "on %(n)s proposals", sum(1 for section in sections if section.slug))
    return say(language, "Relais: %(changes)s %(proposals)s", changes=changes, proposals=proposals)


def _headers(sections: Sequence[Section], stop: str) -> tuple[tuple[str, str], ...]:
    """One list, left with one press. A letter about one proposal belongs to the thread of that proposal."""
    one = sections[0].slug if len(sections) == 1 else ""
    root = f"<proposal.{one}@{domain()}>"
    thread = (("In-Reply-To", root), ("References", root)) if one else ()
    return (
        ("List-Id", f"Relais <news.{urlsplit(settings().base_url).hostname}>"),
        ("List-Unsubscribe", f"<{stop}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        *thread,
    )


def _at(language: str, path: str) -> str:
    return f"{settings().base_url}/{language}{path}"
