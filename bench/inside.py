"""What is measured in one process, apart from any server: `python -m bench.inside WHAT` prints it as JSON; see `measure`."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from bench.data import HOT
from bench.merge import merged
from bench.own_json import dumped
from relais import db, export
from relais.settings import settings
from web import listed, proposals, relay, render

TURNS = 15


def measure(what: str) -> dict[str, Any]:
    match what:
        case "relay":
            return _page(lambda: relay.index(request=_request("/en/"), language="en", columns="24", shown="all"))
        case "list":
            return _page(_list)
        case "list-anew":
            return _page(lambda: (listed.kept.clear(), _list())[1])
        case "show":
            path = f"/en/proposals/{HOT}"
            return _page(lambda: proposals.show(request=_request(path), language="en", slug=HOT))
        case "export":
            return _export()
        case "merge":
            began = time.perf_counter()
            items, size = merged(db.engine())
            return _rate(items, size, began)
        case "own":
            began = time.perf_counter()
            items, size = dumped(db.engine())
            return _rate(items, size, began)
    raise SystemExit(f"nothing is called {what}")


def _list() -> Any:
    return proposals.index(request=_request("/en/proposals"), language="en", level="eu", stage="published")


def _page(made: Callable[[], Any]) -> dict[str, Any]:
    """Median CPU ms of the whole handler and of its template; median ms on the clock."""
    rendered: list[float] = []
    render_page = render.html

    def timed(*args: Any, **shown: Any) -> str:
        began = time.thread_time()
        html = render_page(*args, **shown)
        rendered.append((time.thread_time() - began) * 1000)
        return html

    render.html = timed  # type: ignore[assignment]
    whole, clock = [], []
    for _ in range(TURNS + 2):
        cpu, began = time.thread_time(), time.perf_counter()
        answer = made()
        clock.append((time.perf_counter() - began) * 1000)
        whole.append((time.thread_time() - cpu) * 1000)
    whole, clock, rendered = whole[2:], clock[2:], rendered[2:]
    return {
        "ms": statistics.median(clock),
        "cpu": statistics.median(whole),
        "template": statistics.median(rendered),
        "bytes": len(answer.body),
    }


def _export() -> dict[str, Any]:
    before = _most_memory()
    began, size = time.perf_counter(), 0
    with db.reading() as session:
        document = export.chunks(session, today=settings().day())
        first = len(next(document))
        first_after = (time.perf_counter() - began) * 1000
        size = first + sum(len(block) for block in document)
    items = _count()
    return _rate(items, size, began) | {"first_ms": first_after, "grown_mb": _most_memory() - before}


def _rate(items: int, size: int, began: float) -> dict[str, Any]:
    took = time.perf_counter() - began
    return {"items": items, "bytes": size, "seconds": took, "rate": items / took}


def _count() -> int:
    with db.engine().execution_options(relais_reading=True).connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM proposals WHERE public").scalar_one())


def _most_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _request(path: str) -> Request:
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": [],
        "scheme": "http", "server": ("127.0.0.1", 80), "root_path": "", "path_params": {}, "state": {},
    }  # fmt: skip
    return Request(scope)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])))
