"""Who gets what from every route: the status each role is answered. A route without a row here fails tests/web/test_matrix.py."""

ROLES = ("visitor", "stranger", "observer", "commenter", "editor", "coordinator")

# What each role is answered: on the public proposal, and (after the stroke) on the private one where that differs.
READ = "200 200 200 200 200 200 / 404 404 200 200 200 200"
OPEN = "200 200 200 200 200 200"
EDIT = "303 404 403 403 200 200 / 404 404 403 403 200 200"
SAVE = "303 404 403 403 422 422 / 404 404 403 403 422 422"
ANY_EDITOR = "303 200 403 403 200 200"
ANY_EDITOR_SAVES = "303 422 403 403 422 422"
ANY_EDITOR_FREEZES = "303 404 403 403 404 404"  # no such presidency in this scene
ANY_COORDINATOR = "303 403 403 403 403 200"
ANY_COORDINATOR_SAVES = "303 403 403 403 403 422"
ANYWHERE = (ANY_EDITOR, ANY_EDITOR_SAVES, ANY_EDITOR_FREEZES, ANY_COORDINATOR, ANY_COORDINATOR_SAVES)  # the best role in any group counts
COMMENT = "303 404 403 422 422 422 / 404 404 403 422 422 422"
REPLY = "303 404 403 200 200 200 / 404 404 403 200 200 200"
OWN = "303 404 403 200 403 403 / 404 404 403 200 403 403"
OWN_SAVE = "303 404 403 422 403 403 / 404 404 403 422 403 403"
DISCUSS = "303 404 403 303 303 303 / 404 404 403 303 303 303"
MODERATE_AT_ONCE = "303 404 403 403 403 303 / 404 404 403 403 403 303"
OWN_STALE = "303 404 403 409 403 403 / 404 404 403 409 403 403"
STALE = "303 404 403 403 409 409 / 404 404 403 403 409 409"  # an empty form is well formed, but of no version
COORDINATE = "303 404 403 403 403 422"
COORDINATOR = "303 404 403 403 403 200"
MEMBER = "303 200 200 200 200 200"
MEMBER_STALE = "303 409 409 409 409 409"
TASK_READ = "303 404 303 303 303 303"  # a task of a public proposal is for its group too; a visitor may be of it
SIGNED_OUT = "200 303 303 303 303 303"
LEAVE = "303 303 303 303 303 303"
LOCAL = "404 404 404 404 404 404"  # letters are shown to the machine itself only
ASK = "422 422 422 422 422 422"
NO_LINK = "410 410 410 410 410 410"

NO_ANSWER = "303 404 403 403 404 404 / 404 404 403 403 404 404"  # it answers nothing yet
INSIDE = "303 404 200 200 200 200 / 404 404 200 200 200 200"
DECIDE = "303 404 403 403 422 422 / 404 404 403 403 422 422"

FETCHED = "200 200 200 200 200 200 / 404 404 404 404 404 404"  # what anybody may see, whoever asks

QUERIES = {
    "GET /{language}/feeds/search.{form}": "?q=ask",
    "GET /{language}/proposals/{slug}/texts": "?tongue=en",
    "GET /{language}/proposals/{slug}/comments": "?id=1",
    "GET /{language}/proposals/{slug}/compare": "?tongue=en&first=1&second=1",
}

RULES = {
    "GET /{language}/proposals/{slug}/live": READ,
    "GET /{language}/proposals/{slug}/comments": "303 303 303 303 303 303 / 404 404 303 303 303 303",
    "POST /{language}/proposals/{slug}/texts/{tongue}/presence": "401 404 403 403 204 204 / 401 404 403 403 204 204",
    "GET /{language}/proposals/{slug}/suggestions": INSIDE,
    "GET /{language}/proposals/{slug}/texts/{tongue}/suggestions/new": REPLY,
    "POST /{language}/proposals/{slug}/texts/{tongue}/suggestions/new": COMMENT,
    "GET /{language}/proposals/{slug}/suggestions/{id}": INSIDE,
    "POST /{language}/proposals/{slug}/suggestions/{id}/acceptance": DECIDE,
    "POST /{language}/proposals/{slug}/suggestions/{id}/refusal": DECIDE,
    "POST /{language}/proposals/{slug}/suggestions/{id}/withdrawal": "303 404 403 409 403 403 / 404 404 403 409 403 403",
    "GET /{language}/": OPEN,
    "GET /{language}/activity": OPEN,
    "POST /{language}/activity/seen": LEAVE,
    "GET /{language}/sign-in": SIGNED_OUT,
    "POST /{language}/sign-in": ASK,
    "GET /{language}/sign-in/sent": OPEN,
    "GET /{language}/sign-in/{token}": OPEN,
    "POST /{language}/sign-in/{token}": NO_LINK,
    "POST /{language}/sign-out": LEAVE,
    "POST /{language}/sign-out/elsewhere": LEAVE,
    "GET /{language}/account": MEMBER,
    "GET /{language}/account/edit": MEMBER,
    "POST /{language}/account/edit": MEMBER_STALE,
    "GET /dev/mailbox": LOCAL,
    "GET /dev/mailbox/{name}": LOCAL,
    "GET /{language}/sources": OPEN,
    "GET /{language}/sources/new": ANY_EDITOR,
    "POST /{language}/sources/new": ANY_EDITOR_SAVES,
    "GET /{language}/sources/coverage": OPEN,
    "GET /{language}/sources/checks": OPEN,
    "GET /{language}/sources/{slug}": OPEN,
    "POST /{language}/sources/{slug}/checks": ANY_EDITOR_SAVES,
    "GET /{language}/sources/{slug}/edit": ANY_EDITOR,
    "POST /{language}/sources/{slug}/edit": ANY_EDITOR_SAVES,
    "GET /{language}/actors": OPEN,
    "GET /{language}/actors/new": ANY_EDITOR,
    "POST /{language}/actors/new": ANY_EDITOR_SAVES,
    "GET /{language}/actors/{slug}": OPEN,
    "GET /{language}/actors/{slug}/edit": ANY_EDITOR,
    "POST /{language}/actors/{slug}/edit": ANY_EDITOR_SAVES,
    "GET /{language}/groups": OPEN,
    "GET /{language}/groups/{slug}": OPEN,
    "GET /{language}/groups/{slug}/edit": COORDINATOR,
    "POST /{language}/groups/{slug}/edit": COORDINATE,
    "GET /{language}/groups/{slug}/members/{id}": "303 404 403 200 403 200",  # the commenter's own, or a coordinator's
    "POST /{language}/groups/{slug}/members/{id}/role": "303 404 403 403 403 422",
    "POST /{language}/groups/{slug}/members/{id}/removal": "303 404 403 409 403 409",
    "POST /{language}/groups/{slug}/invitations": COORDINATE,
    "POST /{language}/groups/{slug}/invitations/{id}/letters": "303 404 403 403 403 409",
    "POST /{language}/groups/{slug}/invitations/{id}/withdrawal": "303 404 403 403 403 409",
    "GET /{language}/invitations/{token}": NO_LINK,
    "POST /{language}/invitations/{token}": NO_LINK,
    "GET /{language}/presidencies": OPEN,
    "GET /{language}/presidencies/new": ANY_COORDINATOR,
    "POST /{language}/presidencies/new": ANY_COORDINATOR_SAVES,
    "GET /{language}/presidencies/{slug}": LOCAL,  # no calendar in this scene: unknown is not found
    "GET /{language}/presidencies/{slug}/brief": LOCAL,
    "GET /{language}/presidencies/{slug}/brief.json": LOCAL,
    "GET /{language}/presidencies/{slug}/brief.docx": LOCAL,
    "GET /{language}/presidencies/{slug}/brief.pdf": LOCAL,
    "GET /{language}/presidencies/{slug}/packets/new": ANY_EDITOR_FREEZES,
    "POST /{language}/presidencies/{slug}/packets/new": ANY_EDITOR_FREEZES,
    "GET /{language}/presidencies/{slug}/packets/{number}": LOCAL,
    "GET /{language}/presidencies/{slug}/packets/{number}.json": LOCAL,
    "GET /{language}/presidencies/{slug}/packets/{number}.docx": LOCAL,
    "GET /{language}/presidencies/{slug}/packets/{number}.pdf": LOCAL,
    "GET /{language}/proposals": OPEN,
    "GET /{language}/proposals/new": ANY_EDITOR,
    "POST /{language}/proposals/new": ANY_EDITOR_SAVES,
    "GET /{language}/proposals/{slug}": READ,
    "GET /{language}/proposals/{slug}/facts": EDIT,
    "POST /{language}/proposals/{slug}/facts": STALE,
    "GET /{language}/proposals/{slug}/publication": "303 404 403 403 409 409 / 404 404 403 403 200 200",
    "POST /{language}/proposals/{slug}/publication": "303 404 403 403 409 409 / 404 404 403 403 409 409",
    "GET /{language}/proposals/{slug}/texts": "303 404 403 403 303 303 / 404 404 403 403 303 303",
    "GET /{language}/proposals/{slug}/texts/{tongue}/edit": EDIT,
    "POST /{language}/proposals/{slug}/texts/{tongue}/edit": SAVE,
    "POST /{language}/proposals/{slug}/texts/{tongue}/preview": SAVE,
    "POST /{language}/proposals/{slug}/texts/{tongue}/confirmation": SAVE,
    "GET /{language}/proposals/{slug}/texts/{tongue}/beside": LOCAL,  # written in its original alone
    "GET /{language}/proposals/{slug}/texts/{tongue}/sections/{section}/edit": EDIT,
    "POST /{language}/proposals/{slug}/texts/{tongue}/sections/{section}/edit": SAVE,
    "POST /{language}/proposals/{slug}/texts/{tongue}/sections/{section}/preview": SAVE,
    "GET /{language}/proposals/{slug}/revisions": READ,
    "GET /{language}/proposals/{slug}/revisions/{tongue}/{number}": READ,
    "GET /{language}/proposals/{slug}/revisions/{tongue}/{number}/restoration": EDIT,
    "POST /{language}/proposals/{slug}/revisions/{tongue}/{number}/restoration": STALE,
    "GET /{language}/proposals/{slug}/texts/{tongue}/authors": READ,
    "POST /{language}/proposals/{slug}/texts/{tongue}/comparison": SAVE,
    "GET /{language}/proposals/{slug}/compare": "303 303 303 303 303 303 / 404 404 303 303 303 303",
    "GET /{language}/proposals/{slug}/compare/{tongue}/{first:int}..{second:int}": READ,
    "GET /{language}/proposals/{slug}/moves/new": EDIT,
    "POST /{language}/proposals/{slug}/moves/new": STALE,
    "GET /{language}/moves/{id}/edit": EDIT,
    "POST /{language}/moves/{id}/edit": SAVE,
    "GET /{language}/positions": OPEN,
    "GET /{language}/proposals/{slug}/positions": READ,
    "GET /{language}/proposals/{slug}/positions/changes": READ,
    "GET /{language}/proposals/{slug}/positions/{actor}": READ,
    "GET /{language}/proposals/{slug}/positions/new": EDIT,
    "POST /{language}/proposals/{slug}/positions/new": SAVE,
    "GET /{language}/positions/{id}/edit": EDIT,
    "POST /{language}/positions/{id}/edit": SAVE,
    "GET /{language}/proposals/{slug}/entries/new": EDIT,
    "POST /{language}/proposals/{slug}/entries/new": SAVE,
    "GET /{language}/entries/{key}/edit": EDIT,
    "POST /{language}/entries/{key}/edit": SAVE,
    "POST /{language}/proposals/{slug}/entries/{key}/checks": SAVE,
    "GET /{language}/proposals/{slug}/answers/new": EDIT,
    "POST /{language}/proposals/{slug}/answers/new": SAVE,
    "POST /{language}/proposals/{slug}/answers/{key}/removal": NO_ANSWER,
    "GET /{language}/{noun}/{key}/citations/new": EDIT,
    "POST /{language}/{noun}/{key}/citations/new": SAVE,
    "GET /{language}/{noun}/{key}/evidence": READ,
    "POST /{language}/{noun}/{key}/settlements": SAVE,
    "POST /{language}/proposals/{slug}/comments": COMMENT,
    "GET /{language}/proposals/{slug}/comments/new": REPLY,
    "POST /{language}/proposals/{slug}/comments/preview": REPLY,
    "GET /{language}/proposals/{slug}/people": REPLY,
    "GET /{language}/comments/{id}/reply": REPLY,
    "GET /{language}/comments/{id}/edit": OWN,
    "POST /{language}/comments/{id}/edit": OWN_SAVE,
    "POST /{language}/comments/{id}/removal": OWN_STALE,
    "GET /{language}/comments/{id}": "303 303 303 303 303 303 / 404 404 303 303 303 303",
    "GET /{language}/comments/{id}/versions": READ,
    "POST /{language}/comments/{id}/resolution": DISCUSS,
    "POST /{language}/comments/{id}/reopening": DISCUSS,
    "GET /{language}/comments/{id}/reports/new": "303 200 200 200 200 200 / 404 404 200 200 200 200",
    "POST /{language}/comments/{id}/reports": "303 422 422 422 422 422 / 404 404 422 422 422 422",
    "POST /{language}/comments/{id}/reports/settlement": MODERATE_AT_ONCE,
    "GET /{language}/comments/{id}/hiding": "303 404 403 403 403 200 / 404 404 403 403 403 200",
    "POST /{language}/comments/{id}/hiding": "303 404 403 403 403 422 / 404 404 403 403 403 422",
    "POST /{language}/comments/{id}/showing": MODERATE_AT_ONCE,
    "GET /{language}/groups/{slug}/reports": "303 404 403 403 403 200",
    "GET /{language}/groups/{slug}/translations": "303 404 200 200 200 200",
    "GET /{language}/proposals/{slug}/tasks/new": REPLY,
    "POST /{language}/proposals/{slug}/tasks/new": COMMENT,
    "GET /{language}/tasks/{id}": TASK_READ,
    "POST /{language}/tasks/{id}/completion": "303 404 403 303 303 303",
    "POST /{language}/tasks/{id}/assignee": "303 404 403 303 303 303",
    "GET /{language}/tasks/{id}/edit": "303 404 403 200 200 200",  # the commenter added it
    "POST /{language}/tasks/{id}/edit": "303 404 403 422 422 422",
    "POST /{language}/tasks/{id}/removal": "303 404 403 409 409 409",
    "GET /{language}/proposals/{slug}/legs": READ,
    "GET /{language}/proposals/{slug}/legs/new": EDIT,
    "POST /{language}/proposals/{slug}/legs/new": SAVE,
    "GET /{language}/proposals/{slug}/legs/{presidency}": READ,  # the ask is public, on a proposal that may not be
    "GET /{language}/proposals/{slug}/legs/{presidency}/edit": EDIT,
    "POST /{language}/proposals/{slug}/legs/{presidency}/edit": SAVE,
    "GET /{language}/proposals/{slug}/legs/{presidency}/outcome": EDIT,
    "POST /{language}/proposals/{slug}/legs/{presidency}/outcome": SAVE,
    "POST /{language}/proposals/{slug}/legs/{presidency}/reopening": STALE,
    "POST /{language}/proposals/{slug}/legs/{presidency}/continuation": SAVE,
    "GET /{language}/proposals/{slug}/legs/{presidency}/contacts/new": EDIT,
    "POST /{language}/proposals/{slug}/legs/{presidency}/contacts/new": SAVE,
    "GET /{language}/tasks": MEMBER,
    "GET /{language}/groups/{slug}/tasks": "303 404 200 200 200 200",
    "POST /{language}/groups/{slug}/tasks": "303 404 403 422 422 422",
    "GET /{language}/queue": MEMBER,
    "GET /{language}/notices": MEMBER,
    "POST /{language}/notices/read": LEAVE,
    "POST /{language}/notices/{id}": LOCAL,  # there is none
    "GET /{language}/notices/letters": MEMBER,
    "POST /{language}/notices/letters": "303 422 422 422 422 422",
    "GET /export.json": OPEN,
    "GET /proposals/{slug}.json": FETCHED,
    "GET /schema/relais-export-1.json": OPEN,
    "GET /{language}/search": OPEN,
    "GET /{language}/search.json": OPEN,
    "GET /{language}/reports": OPEN,
    "GET /{language}/reports/report.{form}": LOCAL,  # no form of that name
    "GET /{language}/reports/{table}.csv": LOCAL,  # no table of that name
    "GET /{language}/feeds": OPEN,
    "GET /{language}/feeds/everything.{form}": OPEN,
    "GET /{language}/feeds/search.{form}": OPEN,
    "GET /{language}/feeds/{kind}/{slug}.{form}": FETCHED,
    "GET /{language}/follow": OPEN,
    "POST /{language}/follow": ASK,
    "GET /{language}/follow/sent": OPEN,
    "GET /{language}/follow/left": OPEN,
    "GET /{language}/follow/confirm/{token}": NO_LINK,
    "POST /{language}/follow/confirm/{token}": NO_LINK,
    "GET /{language}/follow/manage/{token}": NO_LINK,
    "POST /{language}/follow/manage/{token}": NO_LINK,
    "GET /{language}/follow/manage/{token}/data.json": NO_LINK,
    "POST /{language}/follow/manage/{token}/links": NO_LINK,
    "POST /{language}/follow/manage/{token}/erasure": NO_LINK,
    "GET /{language}/follow/manage/{token}/subscriptions/{id}": LOCAL,
    "POST /{language}/follow/manage/{token}/subscriptions/{id}": LOCAL,
    "POST /{language}/follow/manage/{token}/subscriptions/{id}/removal": LOCAL,
    "GET /{language}/follow/stop/{token}": OPEN,  # the same page for a link that has ended
    "POST /{language}/follow/stop/{token}": OPEN,
    "GET /{language}/calendars/everything.ics": OPEN,
    "GET /{language}/calendars/{kind}/{slug}.ics": FETCHED,
    "GET /{language}/calendars/tasks/{token}.ics": LOCAL,  # no such address
    "GET /{language}/account/calendar": MEMBER,
    "POST /{language}/account/calendar": MEMBER,
    "POST /{language}/account/calendar/removal": LEAVE,
    "GET /{language}/stages": OPEN,
    "GET /{language}/keyboard": OPEN,
    "GET /{language}/accessibility": OPEN,
}
