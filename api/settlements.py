from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlmodel import Session, col

from api.asked import Asked, Key, Number
from api.deps import Answer, looking
from api.evidence_shapes import Evidence
from api.examples import described
from api.writing import Act, acting
from models import Proposal, Source
from models.claim import Claim
from relais import access
from relais.access import Reader
from relais.export import claimed, merge
from relais.export.parts import Part
from relais.sources import claims, settlements
from relais.sources.settlements import SettlementForm

routes = APIRouter(tags=["settlements"])
writes = APIRouter(tags=["settlements"])
Found = tuple[Claim, Proposal]
EXAMPLE = described({"settled": True, "reason_en": "The minutes are the later of the two."}, matched=True)
HOW: dict[str, Any] = {"status_code": 201, "response_model": Evidence, "openapi_extra": EXAMPLE}
TOLD = {"moves": claimed.moves, "positions": claimed.positions, "entries": claimed.entries}


@routes.get("/moves/{id}/evidence", response_model=Evidence, summary="What the sources say of a change of stage")
@looking
def of_move(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    """Of what was corrected meanwhile, as it stands."""
    return _shown(session, answer, claims.move(session, id, answer.reader))


@routes.get("/positions/{id}/evidence", response_model=Evidence, summary="What the sources say of a position")
@looking
def of_position(id: Number, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:  # noqa: A002
    """Of what was corrected meanwhile, as it stands."""
    return _shown(session, answer, claims.position(session, id, answer.reader))


@routes.get("/entries/{key}/evidence", response_model=Evidence, summary="What the sources say of an entry")
@looking
def of_entry(key: Key, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    """Of what was corrected meanwhile, as it stands."""
    return _shown(session, answer, _entry(session, key, answer.reader))


@writes.post("/moves/{id}/settlements", summary="Settle a contested change of stage, or open it again", **HOW)
@acting
def settle_move(act: Act, form: SettlementForm, id: Number) -> Response:  # noqa: A002
    """With a reason. `If-Match` takes the tag of its evidence. 409 where no source contradicts it, or it stands so already."""
    return _settled(act, form, claims.move(act.session, id, act.reader))


@writes.post("/positions/{id}/settlements", summary="Settle a contested position, or open it again", **HOW)
@acting
def settle_position(act: Act, form: SettlementForm, id: Number) -> Response:  # noqa: A002
    """With a reason. `If-Match` takes the tag of its evidence. 409 where no source contradicts it, or it stands so already."""
    return _settled(act, form, claims.position(act.session, id, act.reader))


@writes.post("/entries/{key}/settlements", summary="Settle a contested entry, or open it again", **HOW)
@acting
def settle_entry(act: Act, form: SettlementForm, key: Key) -> Response:
    """With a reason. `If-Match` takes the tag of its evidence. 409 where no source contradicts it, or it stands so already."""
    return _settled(act, form, _entry(act.session, key, act.reader))


def _entry(session: Session, key: str, reader: Reader) -> Found:
    """With the first of its proposals the reader edits, else the first they see."""
    entry, about = claims.entry(session, key, reader)
    return entry, next((one for one in about if reader.may_edit(one)), about[0])


def _shown(session: Session, answer: Answer, found: Found) -> Response:
    claim, proposal = claims.standing(session, found[0]), found[1]
    return answer.versioned(*_evidence(session, answer.reader, claim, proposal))


def _settled(act: Act, form: SettlementForm, found: Found) -> Response:
    claim, proposal = claims.standing(act.session, found[0]), found[1]
    by = access.editor(act.reader, proposal)
    public = getattr(claim, "public", True)
    settlements.settle(act.session, claim, form, seen=act.version, proposal=proposal, by=by, now=act.now, public=public)
    evidence, version = _evidence(act.written(), act.reader, claim, proposal)
    return act(evidence, 201, version=version, at=f"{evidence['claim']}/evidence")


def _evidence(session: Session, reader: Reader, claim: Any, proposal: Proposal) -> tuple[Part, int]:
    """With the number of the last settlement, 0 where there is none: that is its version."""
    noun, kind = str(type(claim).__tablename__), type(claim)
    told = claimed.one(TOLD[noun](session, reader, [col(kind.id) == claim.id], None if noun == "entries" else 0, 1))  # type: ignore[operator]
    cited, history = told["citations"], settlements.history(session, claim)
    inside = reader.in_group(proposal.group_id)
    names = [row.name or "" if inside else "" for row in reversed(history)]
    evidence = {
        "claim": f"/{noun}/{told['key'] if noun == 'entries' else told['id']}",
        "proposal": proposal.slug,
        "contested": told["contested"],
        "settled": bool(history and history[0].settled),
        "citations": cited,
        "sources": list(merge.sources(session, col(Source.slug).in_({citation["source"] for citation in cited}))),
        "settlements": [held | {"who": name} for held, name in zip(told["settlements"], names, strict=True)],
    }
    return evidence, history[0].id if history else 0
