"""Arguments for and against, as data sets on argumentation publish them: tab-separated without quotes, each line a conclusion, a stance and
a premise. A conclusion is a proposal, once however often it comes; its premises are what is said of it."""

from collections.abc import Iterator

from relais.errors import Invalid
from relais.i18n import N_
from relais.imports import contributions, csv_file, threads
from relais.imports.rows import How, Refusal, Row
from relais.imports.threads import Said
from relais.wording import folded

NEEDED = ("argument id", "conclusion", "stance", "premise")
LONGEST = 100_000  # characters of one line


def read(content: bytes, how: How) -> Iterator[Row | Refusal]:
    lines = csv_file.decoded(content).split("\n")
    names = [" ".join(name.lower().replace("_", " ").split()) for name in lines[0][:LONGEST].split("\t")]
    if not set(NEEDED) <= set(names):
        raise Invalid(N_("This table needs the columns %(columns)s"), field="file", columns=", ".join(NEEDED))
    given: set[str] = set()
    said: list[Said] = []
    for where, line in ((str(number), line.rstrip("\r")) for number, line in enumerate(lines[1:], 2)):
        cells = dict(zip(names, line.split("\t"), strict=False)) if len(line) <= LONGEST else {}
        if not line.strip():
            continue
        if len(cells) < len(names):
            yield Refusal(where, N_("This line has not all its columns"))
            continue
        conclusion = folded(cells["conclusion"]).strip(" .")
        if conclusion not in given:
            given.add(conclusion)
            yield contributions.proposal(where, {"id": conclusion[:200], "title": cells["conclusion"]}, how.language)
        told = {"id": cells["argument id"], "proposal": conclusion[:200], "body": cells["premise"], "stance": cells["stance"]}
        said.append(contributions.comment(where, told))
    yield from threads.rows(said, how.language)
