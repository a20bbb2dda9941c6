"""Doing something through the interface once: nothing twice under a key, and nothing to what has changed meanwhile."""

from collections.abc import Callable, Mapping
from json import loads
from typing import Annotated, Any, ClassVar, Final

from fastapi import Depends, Header
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from console.plain import plain
from console.web.api.desk import AtApi, file_told, tag_of
from engine.decide import Denied
from engine.errors import EngineError
from engine.store import keys
from engine.store.database import Work
from engine.store.types import canonical

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=64,
        pattern="^[A-Za-z0-9._:-]+$",
        description="The same key with the same request answers what was answered before, and does nothing again.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=400,
        description="The tag of what was read: the case's file, the report, the batch, the letter, the person."
        " What has changed since is refused with 412.",
    ),
]
ANY: Final = "*"


class Stale(EngineError):
    """This has changed since it was read; please read it again."""

    code: ClassVar[str] = "PRECONDITION_FAILED"


class Once:
    """A request that changes something, with the headers that guard it."""

    def __init__(self, desk: AtApi, key: IdempotencyKey = None, match: IfMatch = None) -> None:
        self.desk = desk
        self._key = key
        self._match = match

    def do(
        self,
        asked: BaseModel | Mapping[str, Any],
        act: Callable[[Work], Any],
        *,
        case_id: int | None = None,
        read: Callable[[Work], Any] | None = None,
        hold: Callable[[Work], None] | None = None,
    ) -> Response:
        """Do it in one transaction; a deed that is denied is refused with every reason, and may be tried again.

        The tag that came along is the one of the case's file, or of the document that `read` gives; `hold`
        takes what the deed touches before the case itself is looked at.
        """
        desk = self.desk
        # keys are of their caller: what others call their requests is their own matter
        key = f"api:{desk.actor.person_id}:{self._key}" if self._key else None
        content = asked.model_dump(mode="json") if isinstance(asked, BaseModel) else dict(asked)
        request = [desk.request.url.path, content]
        with desk.work() as work:
            before = keys.answer_of(work, key, request) if key else None
            if before is not None:
                return JSONResponse(before)
            if hold is not None:
                hold(work)
            self._check(work, self._file(case_id) if case_id is not None else read)
            answer = act(work)
            # as it is kept, so that the same request is answered alike to the letter
            told: dict[str, Any] = {} if isinstance(answer, Denied) else loads(canonical(plain(answer, desk.locale)))
            if key and told:
                keys.keep(work, key, request, told)
        desk.unless_denied(answer)
        return JSONResponse(told)

    def _file(self, case_id: int) -> Callable[[Work], Any]:
        desk = self.desk
        return lambda work: file_told(desk, work, case_id)

    def _check(self, work: Work, read: Callable[[Work], Any] | None) -> None:
        if read is None or self._match in (None, ANY):
            return
        if tag_of(self.desk, read(work)) not in str(self._match):
            raise Stale


AtOnce = Annotated[Once, Depends()]
"""What a handler takes that changes something."""
