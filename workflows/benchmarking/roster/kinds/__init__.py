"""Every kind of list that the campaign reads, by key; a further kind is a further table here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.kinds.contacts import CONTACTS
from workflows.benchmarking.roster.kinds.industries import INDUSTRIES
from workflows.benchmarking.roster.kinds.people import PEOPLE
from workflows.benchmarking.roster.kinds.platform import PLATFORM_PLANS, RESULTS
from workflows.benchmarking.roster.kinds.testing import TEST_REPORTS

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {form.key: form for form in (ANNEX_2, CONTACTS, INDUSTRIES, PLATFORM_PLANS, TEST_REPORTS, RESULTS, PEOPLE)}
)
