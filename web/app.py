"""The HTML application: every router under /{language}."""

import importlib

from fastapi import FastAPI

from web import errors

# One router per noun. The order matters where one address could be read as another; what is asked for most stands first, since
# every route before it is tried in vain.
ROUTERS = (
    "comments", "relay", "proposals", "activity", "sign_in", "sources", "actors", "invitations", "members", "tokens", "groups",
    "confirmations", "confirming",
    "presidencies", "legs", "contacts", "suggestions", "translations", "texts", "sections", "revisions", "moves", "positions",
    "entries", "answers", "citations", "settlements", "live", "presences", "moderation", "tasks", "task_lists", "queue", "packets",
    "publications", "exports", "data", "changes", "snapshots", "saved_reports", "reports", "about", "feeds", "calendars", "following",
    "notices", "saved_searches", "search", "webhooks", "imports",
)  # fmt: skip

app = FastAPI(title="Relais", openapi_url=None, docs_url=None, redoc_url=None)
for noun in ROUTERS:
    # As they are. Including a router makes each of its routes a second time, at the first request that is compared with it.
    app.router.routes += importlib.import_module(f"web.{noun}").routes.routes
errors.install(app)
