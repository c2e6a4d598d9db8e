"""Proposals of a document, with their words and their first move. What else belongs to them comes after all of them."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from models import Group, Move, Proposal, Revision, Text
from relais import proposals, texts
from relais.errors import Invalid
from relais.export import proposal_shapes as shapes
from relais.i18n import N_
from relais.imports.record.putting import Putting, cited, day, pair
from relais.proposals import FactsForm, MoveForm, ProposalForm
from relais.texts import TextForm


@dataclass(frozen=True)
class New:
    """One that is added: as the document tells it, and its row; `first` is its first move."""

    told: shapes.Proposal
    row: Proposal
    first: Move


def put(it: Putting, told: list[shapes.Proposal]) -> list[New]:
    groups = {group.slug: group for group in it.session.exec(select(Group)).all()}
    new: list[New] = []

    def add(one: shapes.Proposal) -> None:
        if one.group not in groups:
            raise Invalid(N_("There is no “%(name)s”"), name=one.group)
        if not one.moves or one.original_language not in one.texts:
            raise Invalid(N_("A proposal needs a first stage, and words in its original language"))
        new.append(_added(it, one, groups[one.group]))

    it.missing("proposals", Proposal.slug, told, lambda one: one.slug, add)
    return new


def form_of(move: shapes.Move, into: str | None) -> MoveForm:
    words = pair("reason", move.reason) | pair("label", move.label)
    merged = into if move.to == "merged" and into else ""
    return MoveForm(to=move.to, on=day(move.when), into=merged, citations=cited(move.citations), **words)


def _added(it: Putting, one: shapes.Proposal, group: Group) -> New:
    it.left["comments"] += len(one.comments)
    facts = FactsForm(
        level=one.level,
        themes=one.themes,
        origin=one.origin or "",
        procedure=one.procedure,
        rank=one.rank,
        **pair("instrument", one.instrument),
    )
    original = one.texts[one.original_language]
    first = form_of(one.moves[0], None)
    form = ProposalForm(slug=one.slug, original_language=one.original_language, facts=facts, text=_words(original), first=first)
    said = it.told(Revision, saved_at=it.instant(original.saved_at))
    entered = it.told(Move, recorded_at=it.instant(one.moves[0].recorded_at))
    with said, entered:
        row = proposals.add(it.session, form, group=group, **it.act)
    row.created_at = it.instant(one.recorded_at)
    for language, text in one.texts.items():
        if language != one.original_language:
            _translated(it, row, language, text, original)
        _text(it, row, language).saved_at = text.saved_at
        it.left["earlier versions of texts"] += text.revision - 1
    (move,) = it.session.exec(select(Move).where(col(Move.proposal_id) == row.id)).all()
    return New(one, row, move)


def _words(text: shapes.Text) -> TextForm:
    return TextForm(title=text.title, summary=text.summary, body=text.body)


def _translated(it: Putting, proposal: Proposal, language: str, told: shapes.Text, original: shapes.Text) -> None:
    """Earlier versions are not in the document: what was translated from one of them is from none that is known."""
    kept: dict[str, Any] = {"saved_at": it.instant(told.saved_at)}
    if told.translates is None or told.translates.number != original.revision:
        kept["translates_id"] = None
        it.left["links of translations to earlier versions"] += 1
    with it.told(Revision, **kept):
        texts.save(it.session, proposal, language, _words(told), base=0, **it.act)


def _text(it: Putting, proposal: Proposal, language: str) -> Text:
    return it.session.exec(select(Text).where(col(Text.proposal_id) == proposal.id, col(Text.language) == language)).one()
