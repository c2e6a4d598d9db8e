"""What people contributed elsewhere, as rows of the house: proposals, what is said of them, and the pages they point to.

A proposal from elsewhere was published there on its day. Who wrote it, and the part of the consultation it stood in, are told at its end:
its author has no account here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from models.imports import Kind
from relais.imports import markup, threads
from relais.imports.rows import Row
from relais.imports.threads import Said

TITLE, SUMMARY = 160, 2000  # characters the house takes; what is longer goes on in the text
DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=[T ]|$)")
STANCES = dict.fromkeys(("pour", "for", "in favor of", "in favour of", "pro", "yes", "1"), threads.FOR) | dict.fromkeys(
    ("contre", "against", "con", "no", "-1"), threads.AGAINST
)


def proposal(
    where: str,
    told: Mapping[str, str],
    language: str,
    sections: Iterable[tuple[str, str]] = (),
    translations: Mapping[str, Mapping[str, str]] | None = None,
) -> Row:
    """`told` has its id, title, summary, body, on, url, reference, author, section as the file has them; `sections` are more of its text,
    each under a title."""
    values: dict[str, Any] = _words(told, sections) | {"language": language, "stage": "published", "on": day(told.get("on", ""))}
    if translations:
        values["translations"] = {tongue: _words(words) for tongue, words in translations.items() if words.get("title")}
    if told.get("url", "").startswith(("http://", "https://")):
        values["citations"] = [{"source_url": told["url"], "source_title": values["title"], "source_language": language}]
    return Row(Kind.PROPOSAL, told["id"], where, values)


def comment(where: str, told: Mapping[str, str]) -> Said:
    """`told` has its id, proposal, parent, body, author, on, url, stance."""
    facts = {name: said for name, said in (("on", day(told.get("on", ""))), ("url", _address(told))) if said}
    return Said(
        told["id"],
        where,
        markup.markdown(told.get("body", "")),
        proposal=told.get("proposal", ""),
        parent=told.get("parent", ""),
        author=markup.plain(told.get("author", "")),
        stance=STANCES.get(told.get("stance", "").strip().lower(), ""),
        facts=facts,
    )


def source(where: str, told: Mapping[str, str], language: str) -> tuple[Row, Said]:
    """A page somebody put beside a proposal: a source to cite, and the comment that names it, since it stands behind no claim yet."""
    title, address, why = markup.plain(told.get("title", "")), _address(told), markup.markdown(told.get("body", ""))
    page = Row(Kind.SOURCE, told["id"], where, {"title": title, "url": address, "language": language})
    named = f"[{markup.escaped(title)}]({address})" if address else markup.escaped(title)
    said = comment(where, {**told, "id": f"source:{told['id']}", "body": "", "url": "", "stance": ""})
    return page, Said(**{**vars(said), "body": f"{named}\n\n{why}".strip()})


def day(written: str) -> str:
    """The day of an instant; what is neither stays as it is, to be refused beside its field."""
    found = DAY.match(written.strip())
    return found[0] if found else written


def _words(told: Mapping[str, str], sections: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    title, summary = markup.plain(told.get("title", "")), markup.plain(told.get("summary", ""))
    long_title = len(title) > TITLE
    long_summary = len(summary) > SUMMARY
    parts = [f"**{markup.escaped(title)}**" if long_title else "", markup.escaped(summary) if long_summary else ""]
    parts.append(markup.markdown(told.get("body", "")))
    for heading, text in sections:
        parts += [f"### {markup.escaped(markup.plain(heading))}" if heading else "", markup.markdown(text)]
    end = " · ".join(markup.escaped(markup.plain(told[name])) for name in ("section", "author", "reference") if told.get(name))
    parts.append(f"*{end}*" if end else "")
    return {
        "title": title[: TITLE - 1].rsplit(" ", 1)[0] + "…" if long_title else title,
        "summary": "" if long_summary else summary,
        "body": "\n\n".join(part for part in parts if part),
    }


def _address(told: Mapping[str, str]) -> str:
    address = told.get("url", "").strip()
    return address if address.startswith(("http://", "https://")) else ""
