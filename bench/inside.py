"""What is measured in one process, apart from any server: `python -m bench.inside WHAT` prints it as JSON; see `measure`."""

import json
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
            return _best(_export)
        case "merge":
            return _best(lambda: merged(db.engine()))
        case "own":
            return _best(lambda: dumped(db.engine()))
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


def _export() -> tuple[int, int]:
    with db.reading() as session:
        size = sum(len(block) for block in export.chunks(session, today=settings().day()))
    return _count(), size


def _best(made: Callable[[], tuple[int, int]]) -> dict[str, Any]:
    """Items a second, of the best of three: the first one loads and compiles what the others find."""
    took: list[float] = []
    for _ in range(3):
        began = time.perf_counter()
        items, size = made()
        took.append(time.perf_counter() - began)
    return {"items": items, "bytes": size, "seconds": min(took), "rate": items / min(took)}


def _count() -> int:
    with db.engine().execution_options(relais_reading=True).connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM proposals WHERE public").scalar_one())


def _request(path: str) -> Request:
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "headers": [],
        "scheme": "http", "server": ("127.0.0.1", 80), "root_path": "", "path_params": {}, "state": {},
    }  # fmt: skip
    return Request(scope)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(sys.argv[1])))
