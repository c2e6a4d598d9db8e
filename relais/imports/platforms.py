"""Tables of participation platforms, Decidim and Consul: proposals in one file, comments in another, each with its own names of columns.

Decidim parts languages and the parts of a thing by a slash (`title/fr`, `author/name`) and says what a comment answers in
`commentable_type`; Consul names parent and proposal apart, with -1 for no parent. What they count (supports, votes) is left there.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from relais.errors import Invalid
from relais.i18n import N_
from relais.imports import contributions, csv_file, threads
from relais.imports.rows import How, Refusal, Row
from relais.imports.threads import Said

Cells = Mapping[str, str]

LOCALIZED = re.compile(r"(title|body|summary|description)/([a-z]{2})(?:-[A-Za-z]{2,4})?")
ABOUT = "Decidim::Proposals::Proposal"
ANSWERS = "Decidim::Comments::Comment"
ADDRESS = re.compile(r"/proposals/(\d+)(?:[-/?#]|$)")
GONE = frozenset({"withdrawn", "retired", "hidden"})


def read(content: bytes, how: How) -> Iterator[Row | Refusal]:
    lines = csv_file.lines(content)
    headings = [heading.strip() for heading in next(lines, (0, []))[1]]
    table = ((str(number), dict(zip(headings, line, strict=False))) for number, line in lines)
    if "id" not in headings:
        raise Invalid(N_("This is no table of proposals or comments of Decidim or Consul"), field="file")
    if "commentable_id" in headings:
        yield from _comments(table, _of_decidim, how.language)
    elif {"proposalId", "parentId"} <= set(headings):
        yield from _comments(table, _of_consul, how.language)
    elif any(heading.split("/")[0] == "title" for heading in headings):
        for where, cells in table:
            yield _proposal(where, cells, how.language)
    else:
        raise Invalid(N_("This is no table of proposals or comments of Decidim or Consul"), field="file")


def _proposal(where: str, cells: Cells, language: str) -> Row | Refusal:
    if _first(cells, "state", "status") in GONE:
        return Refusal(where, N_("It was withdrawn where it comes from"))
    words = _by_language(cells, language)
    tongue = language if words[language].get("title") else next((one for one, said in words.items() if said.get("title")), language)
    told = words.pop(tongue) | {
        "id": cells.get("id", "").strip(),
        "on": _first(cells, "published_at", "created_at", "date"),
        "url": _first(cells, "url"),
        "reference": _first(cells, "reference", "code"),
        "author": _first(cells, "author/name", "userId"),
        "section": _first(cells, f"category/name/{tongue}", f"taxonomies/name/{tongue}"),
    }
    return contributions.proposal(where, told, tongue, translations=words)


def _by_language(cells: Cells, language: str) -> dict[str, dict[str, str]]:
    """Title, summary and body by language; columns that name none are in the language of the file."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    words[language] = {
        "title": _first(cells, "title"),
        "summary": _first(cells, "summary"),
        "body": _first(cells, "body", "text", "description"),
    }
    for heading, cell in cells.items():
        found = LOCALIZED.fullmatch(heading)
        if found and cell.strip():
            words[found[2]].setdefault("title", "")
            words[found[2]]["body" if found[1] == "description" else found[1]] = cell
    return words


def _comments(table: Iterable[tuple[str, Cells]], told: Callable[[Cells], dict[str, str] | str], language: str) -> Iterator[Row | Refusal]:
    said: list[Said] = []
    for where, cells in table:
        found = told(cells)
        if isinstance(found, str):
            yield Refusal(where, N_("It is about something else than a proposal: %(what)s"), "commentable_type", {"what": found})
        else:
            said.append(contributions.comment(where, found))
    yield from threads.rows(said, language)


def _of_decidim(cells: Cells) -> dict[str, str] | str:
    """A comment of Decidim; or what it is about, where that is no proposal. The address of its page tells the proposal of an answer."""
    kind, about = _first(cells, "commentable_type"), _first(cells, "commentable_id")
    if kind not in {ABOUT, ANSWERS}:
        return kind or "?"
    page = ADDRESS.search(_first(cells, "root_commentable_url"))
    body = next((cell for heading, cell in cells.items() if heading.split("/")[0] == "body" and cell.strip()), "")
    return {
        "id": _first(cells, "id"),
        "proposal": about if kind == ABOUT else page[1] if page else "",
        "parent": about if kind == ANSWERS else "",
        "body": body,
        "author": _first(cells, "author/name", "user_group/name"),
        "on": _first(cells, "created_at"),
        "stance": _first(cells, "alignment"),
    }


def _of_consul(cells: Cells) -> dict[str, str]:
    parent = _first(cells, "parentId")
    return {
        "id": _first(cells, "id"),
        "proposal": _first(cells, "proposalId"),
        "parent": "" if parent == "-1" else parent,
        "body": _first(cells, "text"),
        "author": _first(cells, "userId"),
        "on": _first(cells, "date"),
    }


def _first(cells: Cells, *headings: str) -> str:
    return next((cells[heading].strip() for heading in headings if cells.get(heading, "").strip()), "")
