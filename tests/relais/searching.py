"""Looking for words in the tests."""

from models import Proposal
from relais import search, texts
from relais.access import VISITOR, Reader
from relais.db import reading, writing
from relais.search import Narrowing, question
from relais.texts import TextForm
from tests.days import NOW


def found(typed: str, reader: Reader = VISITOR, **narrowed: str) -> list[str]:
    """Kind and id of the hits, in order: `comment 3`."""
    with reading() as session:
        hits = search.find(session, reader, question.read(typed), Narrowing(**narrowed)).hits
    return [f"{hit.kind.value} {hit.record_id}" for hit in hits]


def write(proposal: Proposal, language: str, base: int = 0, **words: str) -> None:
    with writing() as session:
        form = TextForm(**{"title": "T", **words})
        texts.save(session, session.get_one(Proposal, proposal.id), language, form, base=base, by=None, now=NOW)
