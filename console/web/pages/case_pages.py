"""All pages of a case, in the order in which their addresses are looked at."""

from typing import Final

from fastapi import APIRouter

from console.web.pages import (
    case,
    case_deadlines,
    case_enterprise,
    case_evidence,
    case_files,
    case_history,
    case_print,
    case_products,
    case_steps,
    verifying,
)

PAGES: Final[tuple[APIRouter, ...]] = (
    case.pages,
    case_steps.pages,
    case_deadlines.pages,
    case_evidence.pages,
    case_products.pages,
    case_enterprise.pages,
    case_files.pages,
    case_history.pages,
    case_print.pages,
    verifying.pages,
)
