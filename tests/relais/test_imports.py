"""Files brought, looked at and applied: whole or not at all, and the same row once."""

import pytest
from sqlmodel import col, select

from models import Actor, Citation, Comment, Entry, EntryProposal, Event, Import, Imported, Position, Proposal, ProposalTheme, Source, Text
from models.actor import ActorKind
from models.event import EventKind
from models.proposal import Stage
from relais import imports
from relais.db import reading, writing
from relais.errors import Invalid, Refused, Stale
from tests.days import NOW
from tests.public_record import a_proposal, a_theme, an_actor
from tests.relais.importing import applied, brought, found, previewed

PROPOSALS = (
    "id;titre;texte;thème;étape;date;source\n"
    "A1;Guichet unique;Un seul guichet;access;Publiée;2022-06;https://example.org/rapport\n"
    "A2;Communs par défaut;Des communs;;;;\n"
)


def rows(kind):
    with reading() as session:
        return session.exec(select(kind).order_by(col(kind.id))).all()


def told(preview):
    return {verdict.value: many for verdict, many in preview.verdicts.items()}


def why(preview):
    return [(one.where, one.column, one.message % one.values) for one in preview.refused]


# --- looked at ---------------------------------------------------------------------------------------------------------


def test_a_preview_tells_what_would_be_made_and_makes_nothing(public_affairs, coordinator):
    a_theme("access")
    file = brought(public_affairs, coordinator, PROPOSALS, "Propositions 2022.csv")

    seen = previewed(public_affairs, file)

    assert (told(seen), [one.form.title for one in seen.first]) == ({"new": 2}, ["Guichet unique", "Communs par défaut"])
    assert (found(file).origin, found(file).kind, rows(Proposal)) == ("Propositions 2022", "proposals", [])


def test_what_cannot_be_taken_is_refused_with_its_line_its_column_and_a_reason(public_affairs, coordinator):
    file = brought(
        public_affairs, coordinator,
        "id;titre;thème;étape;date\nA1;;access;;\nA2;Deux;nowhere;;\nA3;Trois;;dropped;\nA4;Quatre;;;bientôt\nA5;Cinq;;Adoptée;\nA5;Six;;;\n",
    )  # fmt: skip

    seen = previewed(public_affairs, file)

    assert told(seen) == {"refused": 5, "new": 1}
    assert why(seen) == [
        ("2", "title", "Fill this in"),
        ("3", "themes", "There is no theme “nowhere”"),
        ("4", "reason", "Say why: a step back, an end or a reopening wants a reason"),
        ("5", "on", "Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022"),
        ("7", "", "This is there twice: it is the same as 6"),
    ]


# --- applied -----------------------------------------------------------------------------------------------------------


def test_proposals_come_in_with_their_words_themes_stage_and_source(public_affairs, coordinator):
    a_theme("access")
    file = brought(public_affairs, coordinator, PROPOSALS, public=True)

    applied(public_affairs, coordinator, file)

    assert [(row.slug, row.stage, row.public, row.group_id) for row in rows(Proposal)] == [
        ("guichet-unique", Stage.PUBLISHED, True, public_affairs.id),
        ("communs-par-defaut", Stage.DRAFTED, True, public_affairs.id),
    ]
    with reading() as session:
        assert [(row.title, row.body, row.language) for row in session.exec(select(Text))] == [
            ("Guichet unique", "Un seul guichet", "fr"), ("Communs par défaut", "Des communs", "fr"),
        ]  # fmt: skip
        assert [row.theme for row in session.exec(select(ProposalTheme))] == ["access"]
        assert [row.url for row in session.exec(select(Source))] == ["https://example.org/rapport"]

    last = rows(Event)[-1]
    assert (last.kind, last.public, last.group_id, last.details["new"]) == (EventKind.IMPORT_APPLIED, False, public_affairs.id, 2)
    kept = found(file)
    assert (kept.content, kept.applied_at, kept.last_event, kept.counts["proposals"]) == (None, NOW, last.id, 2)


def test_without_a_word_new_proposals_are_in_preparation(public_affairs, coordinator):
    a_theme("access")
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, PROPOSALS))

    assert [row.public for row in rows(Proposal)] == [False, False]


def test_the_same_file_twice_changes_nothing_and_what_it_says_otherwise_is_told(public_affairs, coordinator):
    a_theme("access")
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, PROPOSALS))
    before = len(rows(Event))

    again = applied(public_affairs, coordinator, brought(public_affairs, coordinator, PROPOSALS))
    other = previewed(public_affairs, brought(public_affairs, coordinator, PROPOSALS.replace("Des communs", "Autre chose")))

    assert (told(again), told(other)) == ({"known": 2}, {"known": 1, "differs": 1})
    assert (len(rows(Proposal)), len(rows(Event))) == (2, before + 1)


def test_ids_of_another_origin_are_others(public_affairs, coordinator):
    a_theme("access")
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, PROPOSALS))
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, PROPOSALS, origin="Elsewhere"))

    assert [row.slug for row in rows(Proposal)] == ["guichet-unique", "communs-par-defaut", "guichet-unique-2", "communs-par-defaut-2"]


def test_a_file_refused_at_its_last_row_changes_nothing(public_affairs, coordinator):
    file = brought(public_affairs, coordinator, "titre\nUn\nDeux\n" + "x" * 200 + "\n")

    with pytest.raises(Refused):
        applied(public_affairs, coordinator, file)
    assert (rows(Proposal), rows(Imported), found(file).applied_at) == ([], [], None)

    done = applied(public_affairs, coordinator, file, leave_out=True)
    assert (told(done), len(rows(Proposal))) == ({"new": 2, "refused": 1}, 2)
    assert [(one["where"], one["column"]) for one in found(file).counts["why"]] == [("4", "title")]


def test_positions_find_proposals_and_actors_by_what_people_call_them(public_affairs, coordinator):
    a_proposal("guichet", public_affairs)
    an_actor("france", kind=ActorKind.MEMBER_STATE, code="FR", name_fr="France", name_en="France")
    head = "proposition;pays;avis;date;source;citation\n"
    table = f"{head}guichet;FRANCE;Soutient;2022-S1;https://example.org/a;« Oui »\nguichet;Atlantis;pour;;;\n"

    done = applied(public_affairs, coordinator, brought(public_affairs, coordinator, table), leave_out=True)

    (position,) = rows(Position)
    assert (position.stance.value, str(position.when()), position.public) == ("supports", "2022-H1", True)
    assert [(row.position_id, row.quote, row.quote_language) for row in rows(Citation)] == [(position.id, "« Oui »", "fr")]
    assert why(done) == [("3", "actor", "There is no “Atlantis”, neither in this file nor in the record of the group")]


def test_entries_concern_several_proposals_and_comments_say_whose_words_they_are(public_affairs, coordinator):
    a_theme("access")
    applied(public_affairs, coordinator, brought(public_affairs, coordinator, PROPOSALS, origin="2022"))
    events = "titre;type;date;propositions\nConférence;Conférence;2022-06-21;A1|A2\n"
    talk = "id,proposal,parent,author,date,comment\n1,A1,,p_1,21/06/2022,Oui\n2,A1,1,,,Non\n3,A1,9,,,Quoi\n"

    applied(public_affairs, coordinator, brought(public_affairs, coordinator, events, origin="2022"))
    done = applied(public_affairs, coordinator, brought(public_affairs, coordinator, talk, origin="2022"), leave_out=True)

    assert [(row.title_fr, row.family.value, row.key) for row in rows(Entry)] == [("Conférence", "institutional", "i2-1")]
    with reading() as session:
        assert len(session.exec(select(EntryProposal)).all()) == 2
    first, second = rows(Comment)
    assert (first.body, second.body) == ("Oui\n\n— 2022, p_1, 21 juin 2022", "Non\n\n— 2022")
    assert (first.public, second.parent_id, why(done)[0][:2]) == (False, first.id, ("4", "parent"))


def test_what_the_record_has_by_that_name_is_known(public_affairs, coordinator):
    an_actor("ada", code="ADA", name_fr="Ada", name_en="Ada")

    done = applied(public_affairs, coordinator, brought(public_affairs, coordinator, "nom;type;code\nAda;Association;ADA\nBo;Réseau;\n"))

    assert (told(done), [(row.slug, row.names["en"]) for row in rows(Actor)]) == ({"known": 1, "new": 1}, [("ada", "Ada"), ("bo", "Bo")])


def test_proposals_of_other_groups_are_out_of_reach(public_affairs, social_tech, coordinator):
    a_proposal("guichet", social_tech)
    an_actor("france")

    seen = previewed(public_affairs, brought(public_affairs, coordinator, "proposition;acteur;avis\nguichet;france;pour\n"))

    assert told(seen) == {"refused": 1}


# --- kept in between ---------------------------------------------------------------------------------------------------


def test_how_a_file_is_read_is_changed_by_one_at_a_time_and_no_field_is_two_columns(public_affairs, coordinator):
    file = brought(public_affairs, coordinator, "a;b\nUn;Deux\n", kind="proposals")
    form = imports.HowForm(origin="x", kind="proposals", columns={"a": "title", "b": "title"})

    with pytest.raises(Invalid) as twice, writing() as session:
        imports.describe(session, imports.find(session, public_affairs, file), form, version=1)
    with pytest.raises(Stale), writing() as session:
        imports.describe(
            session, imports.find(session, public_affairs, file), form.model_copy(update={"columns": {"a": "title"}}), version=7
        )

    assert str(twice.value) == "“a” and “b” cannot both be the same field"


def test_a_file_nobody_applied_is_forgotten_after_a_day_and_an_applied_one_is_not(public_affairs, coordinator):
    kept = brought(public_affairs, coordinator, "titre\nUn\n")
    applied(public_affairs, coordinator, kept)
    brought(public_affairs, coordinator, "titre\nDeux\n")

    with writing() as session:
        imports.purge(session, NOW + imports.KEPT * 2)

    assert [row.id for row in rows(Import)] == [kept]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"", "This file is empty"),
        ("a.exe", b"MZ", "This kind of file is not read here. Those are: .csv, .jsonl, .jsonld, .ndjson, .tsv, .txt, .xlsx"),
        ("a.csv", b"x" * 10_000_001, "A file may have at most 10 MB"),
        ("a.csv", b"titre\n" + b"x\n" * 1_000_000, "A file may have at most 50000 rows"),
        ("a.csv", b"titre\n" + b"x\n" * 30 + b"\0\n", "This is not a table: it holds signs no text has"),
    ],
)
def test_what_cannot_be_brought_is_refused(public_affairs, coordinator, name, content, why):
    with pytest.raises(Invalid) as refused:
        brought(public_affairs, coordinator, content, name)
    assert str(refused.value) == why
