"""What is ahead of what can be followed, as calendars take it: presidencies, what is planned, and deadlines.

Only what a visitor may know: a calendar that is fetched has no session, and its address may be passed on.
"""

from sqlmodel import Session

from models.topic import TopicKind
from relais import topics
from relais.access import VISITOR
from relais.calendars import dated, turns
from relais.calendars.appointments import Diary, diary
from relais.errors import Missing
from relais.topics import Topic

KINDS = frozenset({TopicKind.EVERYTHING, TopicKind.PROPOSAL, TopicKind.PRESIDENCY})


def of(session: Session, language: str, topic: Topic) -> Diary:
    """Raises Missing for what has no calendar, and where a visitor knows of no such topic."""
    if topic.kind not in KINDS:
        raise Missing
    about = topics.name(session, VISITOR, language, topic)
    return diary(about.words, language, about.path, [*turns.of(session, language, topic), *dated.of(session, language, topic)])
