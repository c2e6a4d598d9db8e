"""Files a group imported, or may: what the pages of imports are shown on."""

from sqlmodel import Session, col, select

from models import Group, Import, Person
from relais import imports
from relais.settings import now
from tests.browser.running_site import GROUP, Site

TABLE = "id;titre;texte;thème;étape;date;source\n{id};Un relais par département;Un texte.;;Publiée;2022-06;\n{id}b;Deux;;nowhere;;;\n"


def two_imports(site: Site, by: Person) -> dict[str, str]:
    """The ids of one that waits, with a refused row, and of one that was applied without its refused row."""
    with site.writing() as session:
        group = session.exec(select(Group).where(col(Group.slug) == GROUP)).one()
        waiting, done = (_brought(session, group, by, f"{name}-{site.number()}") for name in ("propositions-de-la-federation", "liste"))
        imports.apply(session, done, group, leave_out=True, version=done.version, by=by, now=now())
        return {"file": str(waiting.id), "imported": str(done.id)}


def _brought(session: Session, group: Group, by: Person, name: str) -> Import:
    file = imports.opened(group, f"{name}.csv", TABLE.replace("{id}", name).encode(), language="fr", by=by, now=now())
    return imports.bring(session, file)
