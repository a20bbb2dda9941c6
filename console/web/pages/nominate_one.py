"""Nominating one enterprise by form: it becomes a list of one row, read and checked like every other list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from console.listdesk import keep_list, own_district, refuse_unnamed
from console.lists import read_list
from console.web.acts import Tried
from console.web.attempt import AsTyped, Attempt, Form, FormRefused, Typed
from console.web.desk import AtDesk, Desk
from console.web.filters import query
from console.web.pages.nominate import ROLES, ListTerms, arrival_of, nominate_page, sender_of
from console.web.pages.nominate_standards import Readings, readings
from engine.store import organisations
from engine.words import Sentence, tr
from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.forms import Form as ListForm
from workflows.benchmarking.roster.kinds.contacts import CONTACTS
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.template import template

pages = APIRouter()

CONTACT: Final = ("contact_name", "contact_phone", "contact_email")
FILE: Final = {"annex2": "单个提名 {name}.xlsx", "contacts": "单个提名 {name} 联系人.xlsx"}


class Nomination(Form):
    """An enterprise with one product, by the fields of the lists."""

    enterprise_name: str = Field(min_length=2, max_length=100)
    product_name: str = Field(min_length=1, max_length=100)
    implemented_standards: str = Field(min_length=1, max_length=2000)
    benchmark_standards: str = Field(default="", max_length=2000)
    existing_plan_no: str = Field(default="", max_length=64)
    plan_support_needed: str = Field(default="", max_length=2)
    credit_code: str = Field(default="", max_length=40)
    contact_name: str = Field(default="", max_length=40)
    contact_phone: str = Field(default="", max_length=40)
    contact_email: str = Field(default="", max_length=200)
    district: str = ""


class Cells(Form):
    implemented_standards: str = Field(default="", max_length=2000)
    benchmark_standards: str = Field(default="", max_length=2000)


@pages.get("/nominate/standards")
def read_standards(cells: Annotated[Cells, Query()], desk: AtDesk) -> Response:
    """The numbers of a cell as they are read; a part of the page of the form."""
    desk.only_for(*ROLES)
    read: Readings = readings(cells.model_dump(), desk.today.year)
    return desk.page("nominate/_numbers.html", read)


@pages.post("/nominate/one")
def nominate_one(typed: AsTyped, desk: AtDesk) -> Response:
    """Make a list of what was typed and lead to its check; `read` only shows how the numbers are understood."""
    desk.only_for(*ROLES)
    if typed.one("read"):
        return nominate_page(desk, Tried("one", Attempt(typed.values)))
    desk.if_refused(typed, lambda attempt: nominate_page(desk, Tried("one", attempt)))
    one = typed.read(Nomination)
    values = one.model_dump()
    forms = [ANNEX_2, *([CONTACTS] if any(values[name] for name in CONTACT) else [])]
    books = {form.key: _book(desk, form, values) for form in forms}
    _refuse_faulty(desk, one, books, typed)
    with desk.work() as work:
        kept = [keep_list(work, desk.actor, _name(key, one), content) for key, content in books.items()]
    terms = ListTerms(
        form=ANNEX_2.key, district=one.district, supplementary=True, also=kept[1] if len(kept) > 1 else ""
    )
    return desk.back(f"/nominate/checked/{kept[0]}?{query(terms.query)}")


def _refuse_faulty(desk: Desk, one: Nomination, books: Mapping[str, bytes], typed: Typed) -> None:
    """What the readers of the lists say of each field stands at the field."""
    faults: dict[str, Sentence] = {}
    for key, content in books.items():
        with desk.look() as work:
            refuse_unnamed(work, desk.actor, one.district or None)
            terms = ListTerms(form=key, district=one.district, supplementary=key == ANNEX_2.key)
            arrival = arrival_of(desk, work, terms, _name(key, one), content)
        faults |= _faults(read_list(desk.engine, arrival).report)
    code = typed.one("credit_code").strip()
    if code and CONTACTS.key not in books:
        faults["contact_name"] = tr("Please name the contact too; the credit code is recorded together with it.")
    if faults:
        raise FormRefused(faults)


def _faults(report: Report) -> Mapping[str, Sentence]:
    errors = [*report.file_errors, *(fault for row in report.rows for fault in row.errors)]
    return {
        fault.name or "enterprise_name": Sentence("{what}{do}", {"what": fault.said, "do": fault.remedy})
        for fault in reversed(errors)
    }


def _book(desk: Desk, form: ListForm, values: Mapping[str, str]) -> bytes:
    """The workbook that somebody would have sent for this one enterprise."""
    with desk.look() as work:
        code = own_district(work, desk.actor) or values["district"]
        place = next((one for one in organisations.every(work) if one.code == code and desk.sees(one.path)), None)
        sender = replace(sender_of(desk, work, place), reported_on=desk.today, quota=None)
    row = [1 if column.counting else values.get(column.field) or None for column in form.columns]
    return template(form, sender, on=desk.today, rows=[row])


def _name(key: str, one: Nomination) -> str:
    return FILE[key].format(name=one.enterprise_name)
