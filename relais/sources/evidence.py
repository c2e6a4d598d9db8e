"""What is cited for one claim and against it, source by source, in full."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col

from models import Citation, Source
from models.claim import CLAIM_COLUMN, Claim
from models.partial_date import PartialDate
from relais.db import columns
from relais.i18n import said
from relais.sources.citations import Said


@dataclass(frozen=True)
class Witness:
    """A source with what it says of the claim."""

    slug: str
    title: str
    language: str
    publisher: str
    url: str
    when: PartialDate
    retrieved_on: date | None
    said: Said


@dataclass(frozen=True)
class Sides:
    """Who speaks for a claim and who against it, in the order they were cited."""

    pro: tuple[Witness, ...]
    contra: tuple[Witness, ...]


def of(session: Session, claim: Claim, language: str) -> Sides:
    query = (
        columns(
            Citation.supports, Citation.locator, Citation.summary_fr, Citation.summary_en, Citation.quote, Citation.quote_language,
            Source.slug, Source.title, Source.language, Source.publisher, Source.url, Source.retrieved_on,
            Source.effective_on, Source.effective_until, Source.precision,
        )
        .join(Source, col(Source.id) == col(Citation.source_id))
        .where(col(getattr(Citation, CLAIM_COLUMN[type(claim)])) == claim.id)
        .order_by(col(Citation.id))
    )  # fmt: skip
    found = [_witness(row, language) for row in session.execute(query)]
    return Sides(tuple(one for one in found if one.said.supports), tuple(one for one in found if not one.said.supports))


def _witness(row: Any, language: str) -> Witness:
    words = Said(*said(row, "summary", language), row.locator, row.quote, row.quote_language or row.language, row.supports)
    when = PartialDate(row.effective_on, row.effective_until, row.precision)
    return Witness(row.slug, row.title, row.language, row.publisher, row.url, when, row.retrieved_on, words)
