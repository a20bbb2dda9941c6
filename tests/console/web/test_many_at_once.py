"""Many people at the same moment: everybody is answered, nobody takes the last thread or connection."""

import asyncio
from collections import Counter

import httpx2
from browsers import HOST, Web

from console.web.entrance import COOKIE

MANY = 70
"""More than there are threads."""


def test_more_pages_at_the_same_moment_than_there_are_threads_are_all_answered(web: Web) -> None:
    token = web.session("haishu")

    async def asked() -> Counter[int]:
        wire = httpx2.ASGITransport(app=web.app)
        async with httpx2.AsyncClient(transport=wire, base_url=f"http://{HOST}", cookies={COOKIE: token}) as browser:
            answers = await asyncio.gather(*(browser.get("/tasks", timeout=120) for _ in range(MANY)))
        return Counter(answer.status_code for answer in answers)

    assert asyncio.run(asked()) == {200: MANY}
