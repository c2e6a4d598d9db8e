"""What whoever looks after Relais measures, as Prometheus reads it: the worker's piles, how far it is behind, the webhooks, the process."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from models import Webhook
from relais import backlog, ledger
from relais.db import columns, reading
from relais.settings import now, settings
from web import client


def page(request: Request) -> Response:
    """For this machine itself, and for the networks of RELAIS_METRICS_NETWORKS; to anybody else it is not there."""
    if not (client.on_this_machine(request) or client.is_within(request, settings().metrics_from)):
        return PlainTextResponse("Not Found", 404)
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest  # noqa: PLC0415  takes long

    registry = CollectorRegistry()
    registry.register(_Record())
    ProcessCollector(registry=registry)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


class _Record:
    """Everything that is read from the database, in one view of it."""

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        moment = now()
        with reading() as session:
            piles, unread, newest = backlog.piles(session, moment), backlog.unread(session), ledger.newest(session)
            state = case(
                (col(Webhook.ended_at).is_not(None), "ended"), (col(Webhook.stopped_at).is_not(None), "stopped"),
                (col(Webhook.failing_since).is_not(None), "failing"), else_="running",
            )  # fmt: skip
            webhooks = dict(
                map(tuple, session.execute(columns(state, func.count()).where(col(Webhook.removed_at).is_(None)).group_by(state)))
            )
        ages = {name: (moment - pile.oldest).total_seconds() if pile.oldest else 0.0 for name, pile in piles.items()}
        lasts = {name: pile.last.timestamp() for name, pile in piles.items() if pile.last}
        for name, told, label, values in (
            ("relais_owed", "Letters and calls that are owed, now or later.", "pile", {name: pile.owed for name, pile in piles.items()}),
            ("relais_due", "Letters and calls that are due now.", "pile", {name: pile.due for name, pile in piles.items()}),
            ("relais_oldest_due_seconds", "For how long the oldest has been due; 0 where none is.", "pile", ages),
            ("relais_last_success_timestamp_seconds", "When one last went out.", "pile", lasts),
            ("relais_unread_events", "How far a part of the worker is behind the ledger.", "reader", unread),
            ("relais_webhooks", "Webhooks, by state.", "state", webhooks),
        ):
            family = GaugeMetricFamily(name, told, labels=[label])
            for key, value in sorted(values.items()):
                family.add_metric([key], value)
            yield family
        yield GaugeMetricFamily("relais_newest_event", "The newest event of the ledger.", value=newest)
