"""Evidence through the interface: which kinds there are with their fields, and recording one with its files."""

from dataclasses import replace
from hashlib import sha256
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from starlette.responses import Response

from console.once import Request, once
from console.web.api.desk import AtApi, told
from console.web.api.once import AtOnce
from console.web.api.reading import CaseNumber
from console.web.api.shapes import Document, Recorded, problems
from console.web.attempt import AsTyped
from console.web.pages.case_evidence_forms import FORMS, Recording
from console.web.received import files_of
from engine.errors import NotFound
from engine.store import cases
from engine.store.database import Work

router = APIRouter(tags=["evidence"], responses=problems(400, 409, 412, 413))

OF_PAGES: Final = ("key",)
"""Fields that only the forms of pages carry: here a header has the key."""

BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["version"],
                    "properties": {
                        "version": {"type": "integer", "description": "The version of the case that was seen."},
                        "product": {"type": "integer", "description": "The product it is about."},
                        "reason": {"type": "string", "description": "Why it changes what a step rests on."},
                        "file": {"type": "string", "format": "binary"},
                    },
                    "additionalProperties": {"type": "string"},
                }
            }
        },
    }
}


@router.get("/evidence", response_model=Document)
def every_kind(desk: AtApi) -> Response:
    """The kinds of evidence with the fields and files that each takes."""
    return told(desk, {name: {"files": kind.files, "fields": _fields(name)} for name, kind in FORMS.items()})


@router.post("/cases/{case_id}/evidence/{what}/upload", response_model=Recorded, openapi_extra=BODY)
def record(
    case_id: CaseNumber,
    what: Annotated[str, Path(max_length=40, description="A kind of evidence.")],
    typed: AsTyped,
    doing: AtOnce,
) -> Response:
    """Record a piece of evidence with its files; what is recorded already under that name is revised."""
    if what not in FORMS:
        raise NotFound
    kind, desk = FORMS[what], doing.desk
    form = replace(typed, values={**typed.values, "key": ("none",)}).read(kind.form)
    sent = {name: found for name in kind.files if (found := typed.file(name))}
    asked = {"fields": form.model_dump(mode="json"), "files": {name: _hash(one[1]) for name, one in sent.items()}}

    def do(work: Work) -> dict[str, Any]:
        request = Request(case_id=case_id, deed=f"record {what}", version=form.version, key=None)
        files = files_of(desk, work, typed, kind.files)
        once(work, desk.actor, request, lambda: kind.record(Recording(desk, work, case_id), form, files))
        return {"result": "recorded", "case_id": case_id, "version": cases.get(work, case_id).version}

    return doing.do(asked, do, case_id=case_id)


def _fields(what: str) -> dict[str, Any]:
    schema = FORMS[what].form.model_json_schema()
    return {name: one for name, one in schema["properties"].items() if name not in OF_PAGES}


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
