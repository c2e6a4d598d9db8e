"""Reports that were kept, for the pages that show them."""

from models import Person
from relais import snapshots
from relais.presidencies import calendar
from relais.reports.selection import Selection
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
