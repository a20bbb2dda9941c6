"""Every deed of the pages has an address of the interface, or a reason why it has none."""

from collections.abc import Iterable

from fastapi import APIRouter
from fastapi.routing import APIRoute

from console.web.api import ROUTERS as INTERFACE
from console.web.pages import ROUTERS as PAGES

DOOR = "the door: whoever asks by program has a token, made on the account page"
OWN = "one's own password, sessions, tokens and second factor are led by the person, never by a program for them"
LOOKS = "how somebody looks at pages; nothing of the campaign"
STEPS = "/cases/{case_id}/steps/{step}"
CASE = ("reinstate", "correct", "replace", "claim", "contact", "enterprise", "products", "evidence/{what}/upload")
PERSON = (
    "change", "role", "role/end", "deputy", "deputy/end", "invite", "sessions/end", "links/revoke", "factor/remove",
    "close",
)  # fmt: skip
BATCH = ("propose", "confirm", "return", "withdraw", "publish/upload")
SAME = {
    "/publications",
    "/cases/{case_id}/products/{product_id}",
    "/cases/{case_id}/products/{product_id}/drop",
    "/reports/{case_id}/draft",
    STEPS,
    *(f"/cases/{{case_id}}/{deed}" for deed in CASE),
    *(f"/people/{{person_id}}/{deed}" for deed in PERSON),
    *(f"/publications/{{batch_id}}/{deed}" for deed in BATCH),
}
"""Deeds that have the same address in both."""

ELSEWHERE = {
    "/cases/{case_id}/confirm": (STEPS,),
    "/cases/{case_id}/return": (STEPS,),
    "/verifying/{case_id}": (STEPS,),
    "/board/{case_id}/steps/{step}": (STEPS,),
    "/tasks/cases/{case_id}/confirm": (STEPS,),
    "/tasks/cases/{case_id}/return": (STEPS,),
    "/tasks/cases/{case_id}/claim": ("/cases/{case_id}/claim",),
    "/cases/{case_id}/deadlines/{deadline_id}/{deed}": (
        "/deadlines/{deadline_id}/extension", "/deadlines/{deadline_id}/reply", "/deadlines/{deadline_id}/clock",
    ),
    "/tasks/cases/{case_id}/deadlines/{deadline_id}/{deed}": (
        "/deadlines/{deadline_id}/extension", "/deadlines/{deadline_id}/reply", "/deadlines/{deadline_id}/clock",
    ),
    "/cases/{case_id}/extensions/{change_id}": ("/extensions/{request_id}",),
    "/tasks/cases/{case_id}/extensions/{change_id}": ("/extensions/{request_id}",),
    "/nominate/upload": ("/lists/check/upload",),
    "/nominate/checked/{digest}/take": ("/lists/upload",),
    "/publications/{batch_id}/change": ("/publications/{batch_id}/description",),
    "/publications/{batch_id}/add": ("/publications/{batch_id}/members",),
    "/publications/{batch_id}/remove": ("/publications/{batch_id}/members/remove",),
    "/reports/{case_id}/save": (
        "/reports/{case_id}/fill", "/reports/{case_id}/keep", "/reports/{case_id}/hand-in",
    ),
    "/reports/{case_id}/autosave": ("/reports/{case_id}/fill",),
    "/operation/days": ("/calendar/days",),
    "/operation/year": ("/calendar/years",),
    "/people/new": ("/people",),
    "/letters/stop": ("/mail/stop",),
    "/letters/start": ("/mail/start",),
    "/letters/read": ("/mail/read",),
    "/letters/suppressed/lift": ("/mail/suppressed/lift",),
    "/statistics/keep": ("/monthly-reports",),
    "/letters/{mail_id}/resend": ("/letters/{number}/resend",),
    "/letters/{mail_id}/release": ("/letters/{number}/release",),
    "/letters/{mail_id}/arrived": ("/letters/{number}/arrived",),
}  # fmt: skip
"""Deeds that have another address, or several."""

LEFT_OUT = {
    **dict.fromkeys(
        (
            "/sign-in",
            "/sign-in/demo",
            "/sign-in/code",
            "/confirm",
            "/confirm/provider",
            "/sign-out",
            "/invitation/{token}",
        ),
        DOOR,
    ),
    **dict.fromkeys(("/reset/{token}", "/reset", "/link", "/link/{token}"), DOOR),
    **dict.fromkeys(("/account/password", "/account/sessions/end", "/account/tokens", "/account/tokens/revoke"), OWN),
    **dict.fromkeys(
        ("/account/second-factor" + end for end in ("", "/offer", "/codes", "/remove")),
        OWN,
    ),
    **dict.fromkeys(("/view", "/views", "/views/{view_id}/remove"), LOOKS),
    "/rehearsal/next-day": "the clock of a rehearsal; there is none where work is done",
    "/bulk": "many cases at once for who has no program; a program takes the step of each under a key of its own",
    "/nominate/one": "makes a list of one enterprise of what was typed; a program sends the list",
    "/nominate/checked/{digest}/cancel": "forgets a list that was looked at; a list looked at by program is not kept",
    "/operation/sweep": "the worker does it every half minute; by hand the command line",
    "/operation/audit": "it reads everything that is kept; by hand the command line",
}


def deeds(routers: Iterable[APIRouter]) -> set[str]:
    routes = [one for router in routers for one in router.routes if isinstance(one, APIRoute)]
    return {one.path for one in routes if "POST" in one.methods}


def test_every_deed_of_the_pages_can_be_done_by_program_or_says_why_not() -> None:
    told = {*SAME, *ELSEWHERE, *LEFT_OUT}

    assert deeds(PAGES) - told == set()
    assert told - deeds(PAGES) == set(), "no page does this any more"


def test_what_is_said_to_be_there_is_there() -> None:
    assert {*SAME, *(one for some in ELSEWHERE.values() for one in some)} == deeds(INTERFACE)
