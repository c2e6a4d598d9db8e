"""The programmes of trios, presidencies and the Commission, as the seed tells them: dated, cited, and tied to proposals as leads only."""

from sqlmodel import col, select

from models import Citation, Entry, EntryProposal, Proposal, Source
from relais.access import VISITOR
from relais.relay import windows
from tests.days import TODAY

TRIOS = {
    "trio-2022-fr-cz-se": "2021-12-10",
    "trio-2023-es-be-hu": "by 2023-07-01",
    "trio-2025-pl-dk-cy": "2024-12",
    "trio-2026-prepared": "2025-10",
}
COMMISSION = {
    "cwp-2022": "2021-10-19",
    "cwp-2023": "2022-10-18",
    "cwp-2024": "2023-10-17",
    "cwp-2025": "2025-02-11",
    "cwp-2026": "2025-10-21",
    "cwp-2028-expected": "2027-10",
}


def test_each_programme_has_the_date_its_pages_give(record):
    known = {row.key: str(row.when()) for row in record.exec(select(Entry).where(col(Entry.key).in_(TRIOS | COMMISSION))).all()}

    assert known == TRIOS | COMMISSION


def test_a_programme_is_a_lead_on_a_proposal_and_says_by_whose_reading(record):
    links = record.execute(
        select(Entry.key, Entry.note_en, Proposal.slug, EntryProposal.lead)
        .join(EntryProposal, col(EntryProposal.entry_id) == col(Entry.id))
        .join(Proposal, col(Proposal.id) == col(EntryProposal.proposal_id))
        .where(col(Entry.key).in_(TRIOS | COMMISSION))
        .order_by(col(Entry.key), col(Proposal.rank))
    ).all()

    assert {link.key: {other.slug for other in links if other.key == link.key} for link in links} == {
        "cwp-2022": {"education-numerique", "competences-numeriques-ess"},
        "cwp-2023": {"emploi-ess-10-pourcent", "plateforme-unique-ess"},
        "cwp-2026": {"communs-par-defaut", "education-numerique"},
        "trio-2022-fr-cz-se": {"emploi-ess-10-pourcent", "competences-numeriques-ess", "programme-technologies-ouvertes"},
        "trio-2023-es-be-hu": {"acces-technologies", "competences-numeriques-ess"},
    }
    assert [link.key for link in links if not link.lead or "by our reading" not in link.note_en] == []


def test_what_comes_next_opens_early_enough_to_weigh_on_it(record):
    ahead = {one.key: str(one.opens_on) for one in windows.ahead(record, VISITOR, TODAY)}

    assert {key: ahead[key] for key in ("gr-2027-handover", "it-2028-trio", "cwp-2028-expected")} == {
        "gr-2027-handover": "2027-05-02",
        "it-2028-trio": "2027-04-26",
        "cwp-2028-expected": "2027-06-03",
    }


def test_all_sources_but_the_unread_report_say_where_and_when_they_were_read(record):
    rows = record.exec(select(Source)).all()

    assert [row.slug for row in rows if not row.url or not row.retrieved_on] == ["rapport-communs-numeriques-2022"]


def test_no_source_is_there_for_nothing(record):
    """Four carry no event: the report is where proposals come from, the others fix the presidencies, the populations and the majority."""
    cited = set(record.exec(select(Citation.source_id)).all())
    rest = [row.slug for row in record.exec(select(Source)).all() if row.id not in cited]

    assert rest == ["rapport-communs-numeriques-2022", "decision-2007-5", "eurostat-population-2024", "council-qualified-majority"]
