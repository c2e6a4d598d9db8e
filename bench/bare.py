"""The bare page everything is measured beside: a FastAPI route that returns BARE_BYTES bytes from a ready string."""

import os

from fastapi import FastAPI, Response
from fastapi.responses import HTMLResponse

READY = "x" * int(os.environ.get("BARE_BYTES", "0"))
# What an answer without a body is made of (RFC 9110, 15.4.5): as many bytes as ours.
KEPT = {"ETag": '"12345-2026-11-23-0123abcd"', "Cache-Control": "no-cache", "Vary": "Cookie, HX-Request"}
app = FastAPI(openapi_url=None)


@app.get("/page")
async def page() -> Response:
    return HTMLResponse(READY)


@app.get("/unchanged")
async def unchanged() -> Response:
    return Response(status_code=304, headers=KEPT)
