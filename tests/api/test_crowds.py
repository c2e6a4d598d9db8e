"""Many who ask at once, of a process with as few threads as the house has."""

import asyncio

import anyio
import anyio.to_thread
import httpx

from relais.asgi import THREADS, app
from tests.api.conftest import a_token
from tests.public_record import a_proposal

MANY = 40  # more than there are connections


def statuses(asked):
    """What each of `asked` is answered, all sent at once."""

    async def together():
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://testserver/api/v1/", timeout=20) as client:
            return await asyncio.gather(*(client.request(*words, **more) for words, more in asked))

    return [answer.status_code for answer in anyio.run(together)]


def test_all_who_read_at_once_are_answered(public_affairs, editor):
    a_proposal("guichet", public_affairs)
    held = {"headers": {"Authorization": f"Bearer {a_token(editor)}"}}

    assert statuses([(("GET", "proposals"), held if number % 2 else {}) for number in range(MANY)]) == [200] * MANY


def test_all_who_write_at_once_are_answered_while_others_read(public_affairs, editor):
    a_proposal("guichet", public_affairs)
    held = {"headers": {"Authorization": f"Bearer {a_token(editor)}"}}
    posts = [(("POST", "proposals/guichet/comments"), held | {"json": {"body": f"Comment {number}"}}) for number in range(MANY)]
    reads = [(("GET", "comments"), {})] * MANY

    answers = statuses([one for pair in zip(posts, reads, strict=True) for one in pair])

    assert answers == [201, 200] * MANY
