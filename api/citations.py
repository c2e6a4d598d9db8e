from typing import Any

from fastapi import APIRouter, Response

from api.asked import Key, Number
from api.examples import described
from api.writing import Act, acting
from models import Proposal, Source
from relais import access, sources
from relais.export.claims import Citation
from relais.sources import CitationForm, claims

writes = APIRouter(tags=["citations"])
EXAMPLE = described({"source": "minutes", "locator": "p. 3", "summary_en": "Names the states in favour.", "supports": True})
HOW: dict[str, Any] = {"status_code": 201, "response_model": Citation, "openapi_extra": EXAMPLE}


@writes.post("/moves/{id}/citations", summary="Cite a source for a change of stage, or against it", **HOW)
@acting
def cite_move(act: Act, form: CitationForm, id: Number) -> Response:  # noqa: A002
    """What was corrected meanwhile is cited as it stands."""
    return _cited(act, form, *claims.move(act.session, id, act.reader))


@writes.post("/positions/{id}/citations", summary="Cite a source for a position, or against it", **HOW)
@acting
def cite_position(act: Act, form: CitationForm, id: Number) -> Response:  # noqa: A002
    """What was corrected meanwhile is cited as it stands."""
    return _cited(act, form, *claims.position(act.session, id, act.reader))


@writes.post("/entries/{key}/citations", summary="Cite a source for an entry, or against it", **HOW)
@acting
def cite_entry(act: Act, form: CitationForm, key: Key) -> Response:
    """What was corrected meanwhile is cited as it stands."""
    entry, about = claims.entry(act.session, key, act.reader)
    return _cited(act, form, entry, next((one for one in about if act.reader.may_edit(one)), about[0]))


def _cited(act: Act, form: CitationForm, claim: Any, proposal: Proposal) -> Response:
    by = access.editor(act.reader, proposal)
    stands = claims.standing(act.session, claim)
    public = getattr(stands, "public", True)
    row = sources.cite(act.session, stands, form, proposal=proposal, by=by, now=act.now, public=public)
    told = {
        "id": row.id,
        "source": act.written().get_one(Source, row.source_id).slug,
        "supports": row.supports,
        "locator": row.locator,
        "summary": {"fr": row.summary_fr, "en": row.summary_en},
        "quote": row.quote,
        "quote_language": row.quote_language,
    }
    return act(told, 201)
