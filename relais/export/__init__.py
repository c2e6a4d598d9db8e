"""The record as JSON (docs/export.md): all of it, streamed proposal by proposal, or one proposal. Its shape is in relais/export/shapes.py.

The same state of the record gives the same bytes, and memory stays flat whatever the record holds.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import itemgetter
from typing import Any, BinaryIO

import orjson
from sqlalchemy import Select, true
from sqlmodel import Session, col, select

from models import Actor, Entry, EntryProposal, Proposal, Source
from relais import db
from relais.access import VISITOR, Reader
from relais.errors import Missing
from relais.export import council, merge, named
from relais.export import parts as parts
from relais.export import rows as rows
from relais.export.parts import Part
from relais.export.read import read

LICENCE = (
    "The words of this record are its contributors’. Quotes are short and belong to the authors of the sources named beside them;"
    " every source keeps its own terms."
)
BLOCK = 256 * 1024  # each is handed from a thread to the one that sends: in blocks of 64 kB the export took half as long again


def chunks(session: Session, as_of: date | None = None, *, today: date, reader: Reader = VISITOR) -> Iterator[bytes]:
    """The whole record in blocks of about 256 kB, the first at once; a newline ends it."""
    return _blocks(_pieces(session, as_of, today, reader))


def write(session: Session, stream: BinaryIO, as_of: date | None = None, *, today: date, reader: Reader = VISITOR) -> None:
    stream.writelines(chunks(session, as_of, today=today, reader=reader))


def document(session: Session, reader: Reader = VISITOR, as_of: date | None = None, *, today: date) -> bytes:
    """The whole record at once, for where it is known to be small."""
    return b"".join(chunks(session, as_of, today=today, reader=reader))


def proposal(session: Session, slug: str, reader: Reader = VISITOR, as_of: date | None = None, *, today: date) -> Part:
    """One proposal with the entries, actors and sources it names, for `written`.

    Raises Missing where the reader may not see it, and where it was not yet there by the as-of day.
    """
    chosen, day = col(Proposal.slug) == slug, past(as_of, today)
    found = next(iter(list(merge.proposals(session, chosen, reader, day))), None)
    if found is None:
        raise Missing
    about = select(EntryProposal.entry_id).join(Proposal).where(chosen, col(EntryProposal.rejected).is_(False))
    entries = list(merge.entries(session, col(Entry.id).in_(about), reader, day, present(session, about, reader, day)))
    actors = {position["actor"] for position in found["positions"]} | {entry["actor"] for entry in entries if entry["actor"]}
    actors |= {target for leg in found["legs"] for target in leg["targets"]}
    return {
        "meta": meta(session, reader, as_of),
        "proposal": found,
        "entries": entries,
        "actors": [parts.actor(row) for row in read(session, rows.actors(col(Actor.slug).in_(actors)))],
        "sources": list(merge.sources(session, col(Source.slug).in_(cited([found], entries)))),
    }


def written(document: Any) -> bytes:
    """The bytes of a document, or of a part of one."""
    return orjson.dumps(document)


def past(as_of: date | None, today: date) -> date | None:
    """The day to go back to: none from today on, where all that is recorded is asked for."""
    return as_of if as_of is not None and as_of < today else None


def meta(session: Session, reader: Reader, as_of: date | None) -> Part:
    return {
        "schema": named.NAME,
        "schema_address": named.ADDRESS,
        "as_of": as_of,
        "state": db.state_of(session),
        "audience": "public" if reader.visitor else "group",
        "licence": LICENCE,
        "selection": None,
    }


def _pieces(session: Session, as_of: date | None, today: date, reader: Reader) -> Iterator[bytes]:
    day = past(as_of, today)
    yield b'{"meta":' + written(meta(session, reader, as_of))
    yield from _member("groups", map(parts.group, read(session, rows.groups())))
    yield from _member("themes", map(parts.theme, sorted(read(session, rows.all_themes()), key=itemgetter(0))))
    yield from _member("presidencies", merge.presidencies(session, true(), day))
    yield from _member("actors", map(parts.actor, read(session, rows.actors(true()))))
    yield from _member("sources", merge.sources(session, true()))
    yield from _member("populations", council.people(session))
    there: set[str] = set()
    yield from _member("proposals", _noted(merge.proposals(session, true(), reader, day), there))
    yield from _member("entries", merge.entries(session, true(), reader, day, there if day else None))
    yield b"}\n"


def _member(name: str, items: Iterable[Part]) -> Iterator[bytes]:
    yield f',"{name}":['.encode()
    separator = b""
    for item in items:
        yield separator + written(item)
        separator = b","
    yield b"]"


def _noted(proposals: Iterable[Part], slugs: set[str]) -> Iterator[Part]:
    for found in proposals:
        slugs.add(found["slug"])
        yield found


def _blocks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The first piece at once; the others joined, so that no comma travels alone."""
    yield next(pieces)
    block = bytearray()
    for piece in pieces:
        if block and len(block) + len(piece) > BLOCK:
            yield bytes(block)
            block.clear()
        block += piece
    yield bytes(block)


def present(session: Session, entries: Select[Any], reader: Reader, day: date | None) -> set[str] | None:
    """Of the proposals these entries concern, those there by the day; None without a day, when all are."""
    if day is None:
        return None
    concerned = col(Proposal.id).in_(select(EntryProposal.proposal_id).where(col(EntryProposal.entry_id).in_(entries)))
    return {slug for _, slug, _ in merge.stages(session, concerned, reader, day)}


def cited(proposals: Iterable[Part], entries: Iterable[Part]) -> set[str]:
    """Slugs of the sources they rest on."""
    found = {citation["source"] for entry in entries for citation in entry["citations"]}
    for proposal in proposals:
        found |= {citation["source"] for claim in (*proposal["moves"], *proposal["positions"]) for citation in claim["citations"]}
        counted = proposal["council"] or {}
        found |= {slug for slug in (proposal["origin"], counted.get("figures"), counted.get("rule")) if slug}
    return found
