"""The pages there are, each by an address of it, who reads it there, and what must be done to see it."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Kind:
    name: str
    path: str
    member: bool = False
    coordinator: bool = False
    status: int = 200
    act: Act | None = None

    def __str__(self) -> str:
        return self.name


def sent(selector: str = "main form[method=post]", **typed: str) -> Act:
    """Send the form as a browser without script would, with these values in its fields."""

    def act(page: Page) -> None:
        with page.expect_event("load"):  # of the next page: htmx may note an address of this one meanwhile, which is a navigation too
            page.evaluate(
                """([selector, typed]) => {
                  const form = document.querySelector(selector);
                  for (const [name, value] of Object.entries(typed)) form.elements[name].value = value;
                  form.submit();
                }""",
                [selector, typed],
            )

    return act


GROUP = "/groups/european-public-affairs"
REACH = "section[aria-labelledby=h-reach] form"

KINDS = [
    Kind("relay", "/"),
    Kind("relay-as-of", "/?as_of=2022-07-01"),
    Kind("relay-filtered", "/?stage=published&level=eu"),
    Kind("relay-empty", "/?stage=in_force"),
    Kind("relay-as-of-no-day", "/?as_of=tomorrow", status=422),
    Kind("proposals", "/proposals"),
    Kind("proposals-found", "/proposals?q=guichet"),
    Kind("proposals-none", "/proposals?q=zzzz"),
    Kind("proposal", "/proposals/guichet-unique"),
    Kind("proposal-as-of", "/proposals/guichet-unique?as_of=2022-07-01"),
    Kind("proposal-worked-on", "/proposals/{worked_on}"),
    Kind("proposal-of-an-editor", "/proposals/{worked_on}", member=True),
    Kind("suggestions", "/proposals/{worked_on}/suggestions", member=True),
    Kind("suggestion", "/proposals/{worked_on}/suggestions/{suggestion}", member=True),
    Kind("suggestion-new", "/proposals/{worked_on}/texts/fr/suggestions/new", member=True),
    Kind("revisions", "/proposals/{worked_on}/revisions"),
    Kind("revision", "/proposals/{worked_on}/revisions/fr/1"),
    Kind("authors", "/proposals/{worked_on}/texts/fr/authors"),
    Kind("compare-inline", "/proposals/{worked_on}/compare/fr/1..2?view=inline"),
    Kind("restoration", "/proposals/{worked_on}/revisions/fr/1/restoration", member=True),
    Kind("compare", "/proposals/{worked_on}/compare/fr/1..2"),
    Kind("presidencies", "/presidencies"),
    Kind("presidency-past", "/presidencies/2022-cz"),
    Kind("presidency-now", "/presidencies/2026-ie"),
    Kind("presidency-of-one-proposal", "/presidencies/2022-fr?proposal=guichet-unique"),
    Kind("presidency-last", "/presidencies/2030-mt"),
    Kind("brief", "/presidencies/2022-cz/brief"),
    Kind("brief-now", "/presidencies/2027-lt/brief"),
    Kind("brief-as-of", "/presidencies/2022-cz/brief?as_of=2022-07-01"),
    Kind("packet-new", "/presidencies/2022-cz/packets/new", member=True),
    Kind("packet", "/presidencies/2022-cz/packets/{packet}"),
    Kind("presidency-next-of-an-editor", "/presidencies/2027-lt", member=True),
    Kind("presidency-new", "/presidencies/new", coordinator=True),
    Kind("presidency-new-wrong", "/presidencies/new", coordinator=True, status=422, act=sent(trio="")),
    Kind("positions-of-states", "/positions"),
    Kind("positions-of-states-as-of", "/positions?as_of=2022-07-01&level=eu"),
    Kind("positions-of-no-state", "/positions?stage=in_force"),
    Kind("coalition", "/proposals/{worked_on}/positions"),
    Kind("coalition-as-of", "/proposals/guichet-unique/positions?as_of=2022-07-01"),
    Kind("coalition-changes", "/proposals/guichet-unique/positions/changes?from=2022-01-01&to=2022-12-31"),
    Kind("coalition-changes-wrong", "/proposals/guichet-unique/positions/changes?from=2022-02-02&to=2022-02-01", status=422),
    Kind("position-history", "/proposals/{worked_on}/positions/malta", member=True),
    Kind("actors", "/actors"),
    Kind("actor", "/actors/france"),
    Kind("sources", "/sources"),
    Kind("source", "/sources/{source}"),
    Kind("groups", "/groups"),
    Kind("group", "/groups/european-public-affairs"),
    Kind("group-of-an-editor", "/groups/european-public-affairs", member=True),
    Kind("activity", "/activity"),
    Kind("activity-of-a-proposal", "/activity?proposal={worked_on}&news=texts"),
    Kind("activity-none", "/activity?before=1"),
    Kind("activity-of-a-coordinator", "/activity", coordinator=True),
    Kind("activity-new", "/activity?since=seen", member=True),
    Kind("group-edit", "/groups/european-public-affairs/edit", coordinator=True),
    Kind("group-edit-stale", "/groups/european-public-affairs/edit", coordinator=True, status=409, act=sent(version="99", name_en="Mine")),
    Kind("group-of-a-coordinator", "/groups/european-public-affairs", coordinator=True),
    Kind("member", GROUP + "/members/{seat}", coordinator=True),
    Kind(
        "member-stale",
        GROUP + "/members/{seat}",
        coordinator=True,
        status=409,
        act=sent(version="99", role="observer"),
    ),
    Kind("member-leaves", GROUP + "/members/{seat}", member=True),
    Kind("invitation", "/invitations/{invitation}"),
    Kind("invitation-gone", "/invitations/no-such-link", status=410),
    Kind("sign-in", "/sign-in"),
    Kind("sign-in-wrong", "/sign-in", status=422, act=sent(email="nobody")),
    Kind("sign-in-sent", "/sign-in/sent"),
    Kind("sign-in-link", "/sign-in/a-link"),
    Kind("sign-in-spent", "/sign-in/a-link", status=410, act=sent()),
    Kind("reports", "/reports"),
    Kind(
        "report-of-some",
        "/reports?proposal={worked_on}&proposal=guichet-unique&from=2022-fr&to=2027-lt&part=texts&part=positions&part=timeline",
    ),
    Kind("report-as-of", "/reports?theme=digital-commons&as_of=2023-01-01"),
    Kind("report-wrong", "/reports?from=nowhere", status=422),
    Kind("report-empty", "/reports?as_of=2001-01-01"),
    Kind("follow", "/follow"),
    Kind("follow-something", "/follow?topic=proposal/guichet-unique&topic=search/q%3Dcommuns"),
    Kind("follow-wrong", "/follow", status=422, act=sent(email="nobody")),
    Kind("follow-sent", "/follow/sent"),
    Kind("follow-confirm", "/follow/confirm/{confirms}"),
    Kind("follow-ended", "/follow/confirm/no-such-link", status=410),
    Kind("letters", "/follow/manage/{manages}?done=saved"),
    Kind("letters-wrong", "/follow/manage/{manages}", status=422, act=sent(REACH, paused_until="2020-01-01")),
    Kind("letters-stale", "/follow/manage/{manages}", status=409, act=sent(REACH, version="99")),
    Kind("letters-edit", "/follow/manage/{manages}/subscriptions/{followed}"),
    Kind("letters-edit-stale", "/follow/manage/{manages}/subscriptions/{followed}", status=409, act=sent(version="99")),
    Kind("letters-stop", "/follow/stop/{stops}"),
    Kind("letters-left", "/follow/left"),
    Kind("feeds", "/feeds"),
    Kind("feed-of-no-kind", "/feeds/everything.atom?news=nonsense", status=422),
    Kind("stages", "/stages"),
    Kind("keyboard", "/keyboard"),
    Kind("accessibility", "/accessibility"),
    Kind("not-found", "/proposals/nowhere", status=404),
    Kind("account", "/account", member=True),
    Kind("notices", "/notices", member=True),
    Kind("notices-by-letter", "/notices/letters", member=True),
    Kind("notices-by-letter-wrong", "/notices/letters", status=422, member=True, act=sent(paused_until="2020-01-01")),
    Kind("my-calendar", "/account/calendar", member=True),
    Kind("my-calendar-made", "/account/calendar", member=True, act=sent()),
    Kind("proposal-new", "/proposals/new", member=True),
    Kind("proposal-new-wrong", "/proposals/new", member=True, status=422, act=sent(title="", slug="Not An Address")),
    Kind("proposal-in-preparation", "/proposals/{quiet}", member=True),
    Kind("publication", "/proposals/{quiet}/publication", member=True),
    Kind("publication-stale", "/proposals/{quiet}/publication", member=True, status=409, act=sent(version="99")),
    Kind("facts", "/proposals/{worked_on}/facts", member=True),
    Kind("text-edit", "/proposals/{worked_on}/texts/fr/edit", member=True),
    Kind("text-part", "/proposals/{worked_on}/texts/fr/sections/s-pourquoi/edit", member=True),
    Kind("text-translate", "/proposals/{worked_on}/texts/en/edit", member=True),
    Kind("text-beside", "/proposals/{worked_on}/texts/en/beside"),
    Kind("translations", GROUP + "/translations", member=True),
    Kind("text-conflict", "/proposals/{worked_on}/texts/fr/edit", member=True, status=409, act=sent(base="1", title="Mine", body="Mine.")),
    Kind("position-new", "/proposals/{worked_on}/positions/new", member=True),
    Kind("position-new-wrong", "/proposals/{worked_on}/positions/new", member=True, status=422, act=sent(on="soon", cite_locator="p. 1")),
    Kind("position-edit", "/positions/{position}/edit", member=True),
    Kind("entry-new", "/proposals/{worked_on}/entries/new", member=True),
    Kind("entry-new-wrong", "/proposals/{worked_on}/entries/new", member=True, status=422, act=sent(on="soon")),
    Kind("entry-edit", "/entries/{entry}/edit", member=True),
    Kind("legs", "/proposals/{worked_on}/legs"),
    Kind("legs-none", "/proposals/guichet-unique/legs"),
    Kind("legs-of-an-editor", "/proposals/{worked_on}/legs", member=True),
    Kind("leg", "/proposals/{worked_on}/legs/2026-ie"),
    Kind("leg-of-an-editor", "/proposals/{worked_on}/legs/2026-ie", member=True),
    Kind("leg-closed", "/proposals/{worked_on}/legs/2022-cz", member=True),
    Kind("leg-new", "/proposals/{worked_on}/legs/new?presidency=2027-lt", member=True),
    Kind("leg-new-wrong", "/proposals/{worked_on}/legs/new", member=True, status=422, act=sent()),
    Kind("leg-edit", "/proposals/{worked_on}/legs/2026-ie/edit", member=True),
    Kind("leg-edit-stale", "/proposals/{worked_on}/legs/2026-ie/edit", member=True, status=409, act=sent(version="99", ask_en="Mine.")),
    Kind("leg-outcome", "/proposals/{worked_on}/legs/2026-ie/outcome", member=True),
    Kind("leg-outcome-wrong", "/proposals/{worked_on}/legs/2026-ie/outcome", member=True, status=422, act=sent()),
    Kind("contact-new", "/proposals/{worked_on}/legs/2026-ie/contacts/new", member=True),
    Kind("contact-new-wrong", "/proposals/{worked_on}/legs/2026-ie/contacts/new", member=True, status=422, act=sent(on="soon")),
    Kind("contact-answers", "/proposals/{worked_on}/legs/2026-ie/contacts/new?answers={letter}", member=True),
    Kind("presidency-of-an-editor", "/presidencies/2026-ie", member=True),
    Kind("move-new", "/proposals/{worked_on}/moves/new", member=True),
    Kind("move-new-wrong", "/proposals/{worked_on}/moves/new", member=True, status=422, act=sent(on="soon")),
    Kind("move-stale", "/proposals/{worked_on}/moves/new", member=True, status=409, act=sent(version="99")),
    Kind("move-edit", "/moves/{move}/edit", member=True),
    Kind("citation-new", "/positions/{position}/citations/new", member=True),
    Kind("citation-new-wrong", "/positions/{position}/citations/new", member=True, status=422, act=sent()),
    Kind("evidence", "/positions/{contested}/evidence"),
    Kind("evidence-of-an-editor", "/positions/{contested}/evidence", member=True),
    Kind("evidence-settled", "/positions/{contested}/evidence", member=True, status=303, act=sent("#settle", reason_en="It is named.")),
    Kind("evidence-wrong", "/positions/{contested}/evidence", member=True, status=422, act=sent("#settle")),
    Kind("evidence-stale", "/positions/{contested}/evidence", member=True, status=409, act=sent("#settle", seen="99", reason_en="Mine")),
    Kind("answer-new", "/proposals/{worked_on}/answers/new", member=True),
    Kind("answer-new-wrong", "/proposals/{worked_on}/answers/new", member=True, status=422, act=sent("#record")),
    Kind("coverage", "/sources/coverage", member=True),
    Kind("coverage-of-a-proposal", "/sources/coverage?proposal={worked_on}"),
    Kind("sources-to-check", "/sources/checks"),
    Kind("source-of-an-editor", "/sources/{source}", member=True),
    Kind("source-checked", "/sources/{source}", member=True, status=303, act=sent("#check", reachable="false", note="Moved")),
    Kind("source-check-wrong", "/sources/{source}", member=True, status=422, act=sent("#check", checked_on="")),
    Kind("source-new", "/sources/new", member=True),
    Kind("source-new-wrong", "/sources/new", member=True, status=422, act=sent(url="nowhere")),
    Kind("source-edit", "/sources/{source}/edit", member=True),
    Kind("actor-new", "/actors/new", member=True),
    Kind("actor-edit", "/actors/france/edit", member=True),
    Kind("comment-new", "/proposals/{worked_on}/comments/new?passage=Un+relais", member=True),
    Kind("comment-new-wrong", "/proposals/{worked_on}/comments/new", member=True, status=422, act=sent(passage="Nowhere", body="Ah.")),
    Kind("comment-reply", "/comments/{comment}/reply", member=True),
    Kind("my-work", "/tasks", member=True),
    Kind("queue", "/queue", member=True),
    Kind("group-tasks", "/groups/european-public-affairs/tasks", member=True),
    Kind("group-task-wrong", "/groups/european-public-affairs/tasks", member=True, status=422, act=sent("#step-form", text="")),
    Kind("task-new", "/proposals/{worked_on}/tasks/new?comment={comment}", member=True),
    Kind("task-new-wrong", "/proposals/{worked_on}/tasks/new", member=True, status=422, act=sent(text="")),
    Kind("task-edit", "/tasks/{task}/edit", member=True),
    Kind("task-stale", "/tasks/{task}/edit", member=True, status=409, act=sent(version="99", text="Mine.")),
    Kind("comment-edit", "/comments/{comment}/edit", member=True),
    Kind("comment-versions", "/comments/{comment}/versions"),
    Kind("comment-report", "/comments/{comment}/reports/new", member=True),
    Kind("comment-report-wrong", "/comments/{comment}/reports/new", member=True, status=422, act=sent()),
    Kind("comment-reported", "/comments/{comment}/reports/new", member=True, act=sent(reason="It is rude.")),
    Kind("comment-hide", "/comments/{comment}/hiding", coordinator=True),
    Kind("group-reports", "/groups/european-public-affairs/reports", coordinator=True),
]
