"""What the seed says: sourced, in both languages, in our own words."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlmodel import Session, col, select

from models import Citation, Entry, Move, Position, Text
from seed import toml_files

FINGERPRINTS = Path(__file__).parent / "article_fingerprints.txt"
RUN = 8


def test_every_move_position_and_entry_has_a_citation(record: Session):
    for kind, column in ((Move, Citation.move_id), (Position, Citation.position_id), (Entry, Citation.entry_id)):
        cited = set(record.exec(select(column).where(col(column).is_not(None))).all())
        assert set(record.exec(select(kind.id)).all()) == cited


def test_every_citation_is_summed_up_in_both_languages(record: Session):
    bare = record.exec(select(Citation.id).where((col(Citation.summary_fr) == "") | (col(Citation.summary_en) == ""))).all()

    assert bare == []


def test_every_text_is_there_in_both_languages(record: Session):
    languages: dict[int, set[str]] = {}
    for row in record.exec(select(Text)).all():
        assert row.title
        assert row.summary
        assert row.body
        languages.setdefault(row.proposal_id, set()).add(row.language)

    assert set(map(frozenset, languages.values())) == {frozenset({"fr", "en"})}


def test_every_entry_is_titled_in_both_languages(record: Session):
    assert record.exec(select(Entry.key).where((col(Entry.title_fr) == "") | (col(Entry.title_en) == ""))).all() == []


def test_no_sentence_of_the_articles_is_copied():
    known = {line for line in FINGERPRINTS.read_text().splitlines() if not line.startswith("#")}

    assert len(known) > 5000
    assert copied(sentences(), known) == []


def test_a_copied_sentence_would_be_found():
    told = "The baton passes from one state to the next every half-year, or it falls."
    known = {fingerprint(run) for run in eight_words(told)}

    assert copied(["Nothing alike.", f"As they say: {told.upper()}"], known) == [f"As they say: {told.upper()}"]


def copied(texts: Iterable[str], known: set[str]) -> list[str]:
    return [text for text in texts if any(fingerprint(run) in known for run in eight_words(text))]


def fingerprint(run: str) -> str:
    return hashlib.sha256(run.encode()).hexdigest()[:12]


def sentences() -> Iterator[str]:
    """Every text of the seed, addresses left aside."""
    nouns = ("group", "theme", "source", "actor", "position")
    rows = [row for noun in nouns for row in toml_files.rows(noun)] + toml_files.rows("entry", "entries")
    for row in [*rows, *toml_files.rows("presidency", "presidencies"), *toml_files.proposals()]:
        yield from strings(row)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str) and not value.startswith("http"):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def eight_words(sentence: str) -> Iterator[str]:
    words = re.findall(r"\w+", sentence.casefold().replace("’", " ").replace("'", " "))
    for start in range(len(words) - RUN + 1):
        yield " ".join(words[start : start + RUN])
