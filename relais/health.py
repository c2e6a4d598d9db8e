"""Whether the process answers, and whether the record can be written and stands at the newest migration."""

from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from relais import db, schema
from relais.log import logger


def process(_request: Request) -> Response:
    return JSONResponse({"status": "ok"})


def ready(_request: Request) -> Response:
    """200 when the database takes a write and is at head, else 503 with what is not."""
    checks = {"database": _writable(), "migrations": _at_head()}
    good = all(checks.values())
    answer = {"status": "ok" if good else "degraded", "checks": {name: "ok" if fine else "failed" for name, fine in checks.items()}}
    return JSONResponse(answer, 200 if good else 503, headers={"Cache-Control": "no-store"})


def _writable() -> bool:
    """Write a row inside a transaction that is rolled back: a full disk or a read-only database shows here."""
    try:
        with db.engine().connect() as connection, connection.begin() as transaction:
            connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
            transaction.rollback()
    except Exception:
        logger().warning("not_ready", check="database", exc_info=True)
        return False
    return True


def _at_head() -> bool:
    try:
        return schema.at_head(db.engine())
    except Exception:
        logger().warning("not_ready", check="migrations", exc_info=True)
        return False
