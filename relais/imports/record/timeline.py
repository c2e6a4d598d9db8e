"""Entries of a document, in its order, each with the proposals it concerns."""

from collections.abc import Mapping

from sqlmodel import select

from models import Entry, EntryProposal, Proposal
from relais import answers, entries, index
from relais.answers import AnswerForm
from relais.db import columns
from relais.entries import EntryForm
from relais.errors import Invalid
from relais.export import proposal_shapes as shapes
from relais.i18n import N_
from relais.imports.record.claims import held
from relais.imports.record.putting import Putting, at, cited, day, pair


def put(it: Putting, told: list[shapes.Entry]) -> None:
    by_slug = {row.slug: row for row in it.session.exec(select(Proposal)).all()}
    corrects = {one.superseded_by: one.key for one in told if one.superseded_by}
    ids = {row.key: row.id for row in it.session.execute(columns(Entry.key, Entry.id))}
    made: dict[str, Entry] = {}

    def add(one: shapes.Entry) -> None:
        answered = ids.get(one.answers) if one.answers else None
        it.left["answers to what is not in the document"] += bool(one.answers) and answered is None
        with it.told(Entry, recorded_at=it.instant(one.recorded_at), answers_id=answered):
            row = made[one.key] = _added(it, one, made.get(corrects.get(one.key, "")), by_slug)
        ids[one.key] = row.id
        held(it, row, one.settlements, by_slug[one.proposals[0].slug] if one.proposals else None)

    it.missing("entries", Entry.key, told, lambda one: one.key, add)


def _added(it: Putting, one: shapes.Entry, old: Entry | None, by_slug: Mapping[str, Proposal]) -> Entry:
    if unknown := [tie.slug for tie in one.proposals if tie.slug not in by_slug]:
        raise Invalid(N_("There is no “%(name)s”"), name=unknown[0])
    words = {name: said for part in ("title", "label", "note", "outcome") for name, said in pair(part, getattr(one, part)).items()}
    facts = {"family": one.family, "kind": one.kind, "state": one.state, "notice_days": one.notice_days, "actor": one.actor or ""}
    form = EntryForm(on=day(one.when), citations=cited(one.citations), **facts, **words)
    if old is None:
        concerns, leads = ([by_slug[tie.slug] for tie in one.proposals if tie.lead is lead] for lead in (False, True))
        row = entries.add(it.session, form, concerns=concerns, leads=leads, key=one.key, **it.act)
    else:
        row = entries.correct(it.session, old, form, key=one.key, **it.act)
    for tie in one.proposals:
        _tied(it, row, by_slug[tie.slug], tie)
    return row


def _tied(it: Putting, row: Entry, proposal: Proposal, tie: shapes.ProposalName) -> None:
    """The link as it is told: a correction took over that of the entry it corrects, which an editor may have checked since."""
    found = it.session.get(EntryProposal, (row.id, proposal.id))
    link, linked = found or EntryProposal(entry_id=row.id, proposal_id=proposal.id), found is not None and not found.rejected
    link.lead, link.presidency, link.rejected = tie.lead, tie.presidency, False
    it.session.add(link)
    it.session.flush()
    if not linked:
        index.keep(it.session, row, proposal)
    with at(f"proposals/{proposal.slug}"):
        if tie.extent is not None and (link.extent, link.extent_fr, link.extent_en) != (
            tie.extent,
            tie.extent_words.fr,
            tie.extent_words.en,
        ):
            form = AnswerForm(entry=row.key, extent=tie.extent, **pair("words", tie.extent_words))
            answers.link(it.session, proposal, row, form, seen=answers.state(link), **it.act)
