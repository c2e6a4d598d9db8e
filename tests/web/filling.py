"""What a form did to the record, and how it comes back: what is wrong beside which field, and what is kept in each."""

from typing import Any

from sqlmodel import select

from relais.db import reading
from tests.web.reading import Element, read

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an attribute": '" autofocus onfocus="alert(1)',
    "an end of a text area": "</textarea><script>alert(1)</script>",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "a lone percent": "100 % %s %(n)s",
    "quotes of SQL": "'; DROP TABLE proposals; --",
    "many scripts": "Ελλάδα ไทย 👩‍🚀 \u202e\u0301",
}
NEVER_TYPED = {"nul": "a\x00b", "escape": "a\x1b[2Jb", "bell": "\x07"}


def rows(kind: Any) -> list[Any]:
    """Every row of a table, in the order of its key."""
    with reading() as session:
        return list(session.exec(select(kind).order_by(*kind.__table__.primary_key)).all())


def wrong(answer: Any) -> dict[str, str]:
    """Message by field, as they stand beside the fields; each is in the summary too."""
    page = read(answer)
    told = {note["id"].removeprefix("f-").removesuffix("-e"): note.words for note in page.all("p", class_="errmsg") if note["id"]}
    summary = page.one("div", id="f-errors").words if told else ""
    assert [message for message in told.values() if message not in summary] == []
    return told


def kept(answer: Any, name: str) -> str | list[str] | None:
    """What a field holds: typed text, the chosen option, or the ticked values."""
    page = read(answer)
    fields = [element for tag in ("input", "textarea", "select") for element in page.all(tag) if element["name"] == name]
    if fields and fields[0]["type"] in ("radio", "checkbox"):
        return [field["value"] or "" for field in fields if "checked" in field.attributes]
    (field,) = fields
    if field.tag == "select":
        return next((option["value"] for option in field.all("option") if "selected" in option.attributes), "")
    return field["value"] if field.tag == "input" else _written(field)


def _written(area: Element) -> str:
    return "".join(part for part in area.inside if isinstance(part, str)).removeprefix("\n")
