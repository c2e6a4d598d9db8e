"""A text in French that somebody edits, and what was saved of it."""

from typing import Any

from sqlmodel import col, select

from models import Person, Proposal, Revision, Text
from relais import texts
from relais.db import reading, writing
from relais.texts import TextForm
from tests.days import NOW

EDIT = "/en/proposals/guichet/texts/fr/edit"
FIRST = ("fr", 1, "Titre de guichet", "Le *corps*.")
MINE = {"base": "1", "title": "Titre de guichet", "summary": "Un résumé.", "body": "Le *corps* et le mien."}


def save(proposal: Proposal, language: str, base: int, by: Person | None = None, **words: Any) -> Revision:
    with writing() as session:
        row = session.get_one(Proposal, proposal.id)
        return texts.save(session, row, language, TextForm(**words), base=base, by=by, now=NOW)


def revisions() -> list[tuple[str, int, str, str]]:
    with reading() as session:
        rows = session.exec(select(Revision, Text.language).join(Text).order_by(col(Revision.id))).all()
    return [(tongue, row.number, row.title, row.body) for row, tongue in rows]
