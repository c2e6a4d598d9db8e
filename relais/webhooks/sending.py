"""One call of a webhook: to the very address that was checked, under the name it was asked for, with no way to be led elsewhere."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from datetime import datetime
from functools import lru_cache
from time import monotonic
from urllib.parse import urlsplit

from relais.errors import Invalid
from relais.i18n import N_
from relais.webhooks import addresses, signing
from relais.webhooks.addresses import Target
from relais.webhooks.answer import BUSY, SECONDS, Answer

NO_ANSWER = N_("No answer in time")
READ_AT_MOST = 64 * 1024  # what a receiver writes back is of no interest, but for its end


def send(url: str, salts: tuple[str, ...], name: str, body: bytes, now: datetime) -> Answer:
    """Call once. Never raises for what a receiver, or the way to it, may do."""
    start = monotonic()
    try:
        target = addresses.reachable(url)
    except Invalid as refused:
        return Answer(None, refused.message, _ms(start))
    signed = signing.headers(salts, name, body, now)
    return asyncio.run(_call(target, url, signed, body, start))


async def _call(target: Target, url: str, signed: dict[str, str], body: bytes, start: float) -> Answer:
    """A coroutine for the one reason that it can be ended at any point: a receiver may send its answer letter by letter."""
    import httpx  # noqa: PLC0415  it takes long to load, and only who calls needs it

    parts = urlsplit(url)
    host = f"[{target.ip}]" if ":" in target.ip else target.ip
    there = f"{parts.scheme}://{host}:{target.port}{parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")
    headers = {"host": parts.netloc, "content-type": "application/json", "user-agent": "Relais", "accept-encoding": "identity"} | signed
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(verify=_trusted(), trust_env=False, follow_redirects=False, timeout=SECONDS) as client,
            client.stream("POST", there, content=body, headers=headers, extensions={"sni_hostname": target.host}) as answer,
        ):
            await _heard(answer.aiter_raw())
            return Answer(answer.status_code, "", _ms(start), _again(answer.status_code, answer.headers.get("retry-after", "")))
    except (httpx.TimeoutException, TimeoutError):
        return Answer(None, NO_ANSWER, _ms(start))
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as failed:
        return Answer(None, str(failed)[:200] or type(failed).__name__, _ms(start))


@lru_cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are believed: read once, for it takes longer than a call."""
    import httpx  # noqa: PLC0415

    return httpx.create_ssl_context(trust_env=False)


async def _heard(answer: AsyncIterator[bytes]) -> None:
    """Listen to the end, or to where it becomes too much."""
    read = 0
    async for some in answer:
        read += len(some)
        if read > READ_AT_MOST:
            return


def _again(status: int, asked: str) -> int | None:
    return int(asked) if status in BUSY and asked.isascii() and asked.isdigit() and len(asked) < 8 else None


def _ms(start: float) -> int:
    return int((monotonic() - start) * 1000)
