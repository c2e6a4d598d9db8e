from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from sqlmodel import Session

from api.asked import APage, Asked
from api.deps import Answer, looking
from api.examples import described
from api.reports import Selected
from api.schemas import Page
from api.snapshot_shapes import Snapshot
from api.writing import Act, acting
from relais import access, presidencies, snapshots
from relais.settings import settings
from relais.snapshots import SnapshotForm, WithdrawalForm, citing

routes = APIRouter(prefix="/snapshots", tags=["snapshots"])
writes = APIRouter(tags=["snapshots"])
Key = Annotated[str, Path(pattern=r"^[0-9a-z]{1,16}$", description="The key of the snapshot.", examples=["7hq2m9xkd4wbtz"])]


class NewSnapshot(SnapshotForm):
    language: Literal["fr", "en"] = "en"
    selection: Selected = Selected()


@routes.get("", response_model=Page[Snapshot], summary="Snapshots of reports")
@looking
def index(asked: Annotated[APage, Query()], session: Session, answer: Answer) -> Response:
    """In the order they were frozen, withdrawn ones too."""
    rows = snapshots.following(session, answer.number_after(asked), asked.limit + 1)
    return answer.page([citing.described(kept) for kept in rows], asked, names=[kept.row.id for kept in rows])


@routes.get("/{key}", response_model=Snapshot, summary="One snapshot: what it is, what it knew, and where its bytes are")
@looking
def show(key: Key, _: Annotated[Asked, Query()], session: Session, answer: Answer) -> Response:
    return answer(citing.described(snapshots.find(session, key)))


@writes.post(
    "/snapshots",
    status_code=201,
    response_model=Snapshot,
    summary="Freeze a report as a snapshot",
    openapi_extra=described({"title": "Digital commons", "selection": {"proposal": ["guichet-unique"]}}),
)
@acting
def freeze(act: Act, form: NewSnapshot) -> Response:
    """As visitors may see it, for good. `language` is that of the title; a day that is not over is left out of the selection. The same
    frozen again under the same title is the same snapshot."""
    by, calendar = access.any_contributor(act.reader), presidencies.calendar(act.session)
    titled, today = SnapshotForm(title=form.title), settings().day()
    key = snapshots.freeze(act.session, calendar, form.selection, titled, language=form.language, by=by, now=act.now, today=today)
    return _written(act, key)


@writes.post(
    "/snapshots/{key}/withdrawals",
    status_code=201,
    response_model=Snapshot,
    summary="Withdraw a snapshot",
    openapi_extra=described({"why": "It names somebody who asked not to be named."}),
)
@acting
def withdraw(act: Act, form: WithdrawalForm, key: Key) -> Response:
    """By coordinators, for good: its files are gone; its title, its dates, its digest and the reason stay. Withdrawn already, it is 410."""
    snapshots.withdraw(act.session, key, form, by=access.any_coordinator(act.reader), now=act.now)
    return _written(act, key)


def _written(act: Act, key: str) -> Response:
    return act(citing.described(snapshots.find(act.written(), key)), 201, at=f"/snapshots/{key}")
