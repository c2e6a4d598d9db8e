"""Reports that were kept, for the pages that show them."""

from models import Person
from relais import saved_reports, snapshots
from relais.access import reader_for
from relais.presidencies import calendar
from relais.reports.selection import Selection
from relais.saved_reports import ReportForm
from relais.settings import now
from relais.snapshots import SnapshotForm, WithdrawalForm
from tests.browser.running_site import Site
from tests.days import TODAY


def two_snapshots(site: Site, by: Person) -> tuple[str, str]:
    """The keys of one that stands, and of one that was withdrawn."""
    with site.writing() as session:
        told = calendar(session)
        stands, gone = (
            snapshots.freeze(session, told, Selection(), SnapshotForm(title=title), language="fr", by=by, now=now(), today=TODAY)
            for title in ("Où en est le relais", "Un premier essai")
        )
        snapshots.withdraw(session, gone, WithdrawalForm(why="Un premier essai, sans ses sources."), by=by, now=now())
    return stands, gone


def two_saved_reports(site: Site, by: Person) -> tuple[int, int]:
    """The numbers of a public one of the group that stands, and of one that was removed."""
    with site.writing() as session:
        reader = reader_for(session, by)
        stands, gone = (
            saved_reports.save(
                session,
                "theme=digital-commons",
                ReportForm(name=name, group="european-public-affairs", public=True),
                reader,
                language="fr",
                by=by,
                now=now(),
            )
            for name in ("Les communs numériques", "Un essai")
        )
        saved_reports.remove(session, gone, version=1, by=by, now=now())
        return stands.id, gone.id
