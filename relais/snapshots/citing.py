"""How a snapshot is cited by people, and described to programs."""

from typing import Any

from relais import export
from relais.i18n import LANGUAGES, N_, long_day, say
from relais.settings import BRUSSELS, settings
from relais.snapshots import SCHEMA, Kept

# The forms every machine makes of these bytes; a PDF only where it can.
FORMS = ("ndjson", "md", "xlsx", "docx")
LINE = N_("Social Good Accelerator, Relais: “%(title)s”, report frozen on %(day)s. %(address)s (SHA-256 %(digest)s)")
LINE_AS_OF = N_("Social Good Accelerator, Relais: “%(title)s”, report as of %(as_of)s, frozen on %(day)s. %(address)s (SHA-256 %(digest)s)")


def lines(row: Any) -> list[tuple[str, str]]:
    """The line to cite it by, in each language, with the address of its page in that language."""
    return [(language, _line(row, language)) for language in LANGUAGES]


def _line(row: Any, language: str) -> str:
    told = {"title": row.title, "day": long_day(row.frozen_at.astimezone(BRUSSELS).date(), language), "digest": row.digest[:16]}
    told["address"] = f"{settings().base_url}{path(row, language)}"
    return say(language, LINE_AS_OF, as_of=long_day(row.as_of, language), **told) if row.as_of else say(language, LINE, **told)


def path(row: Any, language: str) -> str:
    return f"/{language}/reports/snapshots/{row.key}"


def manifest(row: Any) -> dict[str, Any]:
    """What a snapshot is, what it knew, and what to check its bytes against; `forms` are made from these bytes when they are asked for."""
    base = settings().base_url
    return {
        "schema": SCHEMA,
        "id": row.key,
        "title": {row.language: row.title},
        "pages": {language: base + path(row, language) for language in LANGUAGES},
        "selection": row.query,
        "as_of": row.as_of.isoformat() if row.as_of else None,
        "known_on": {"event": row.known_event, "recorded_at": _moment(row.known_at)},
        "software": {"name": "relais", "version": row.software},
        "frozen_at": _moment(row.frozen_at),
        "content": {
            "address": f"{base}{path(row, LANGUAGES[0])}.json",
            "media_type": "application/json",
            "bytes": row.size,
            "sha256": row.digest,
        },
        "forms": {language: _forms(base + path(row, language)) for language in LANGUAGES},
        "licence": export.LICENCE,
        "cite_as": dict(lines(row)),
    }


def described(kept: Kept) -> dict[str, Any]:
    """The manifest with why it was withdrawn, if it was: then without what was selected, and without a way to what it said."""
    told = manifest(kept.row) | {"withdrawal": None}
    if kept.withdrawal:
        told |= {"selection": None, "content": told["content"] | {"address": None, "bytes": None}, "forms": {}, "cite_as": {}}
        told["withdrawal"] = {"reason": kept.withdrawal.reason, "withdrawn_at": _moment(kept.withdrawal.withdrawn_at)}
    return told


def _forms(stem: str) -> dict[str, str]:
    return {form: f"{stem}.{form}" for form in FORMS}


def _moment(at: Any) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
