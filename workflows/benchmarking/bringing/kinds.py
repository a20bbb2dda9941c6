"""How each kind of list becomes records; a further kind is a further row here and a form in the roster."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from workflows.benchmarking.bringing.deeds import Recorder
from workflows.benchmarking.bringing.describing import Contacts, Industries
from workflows.benchmarking.bringing.platform import PlatformPlans, PlatformResults
from workflows.benchmarking.bringing.testing import TestReports

_RECORDERS: Final[tuple[Recorder, ...]] = (Contacts(), Industries(), PlatformPlans(), TestReports(), PlatformResults())

RECORDERS: Final[Mapping[str, Recorder]] = MappingProxyType({one.form.key: one for one in _RECORDERS})
"""By the key of the form; the list that names who takes part and the list of people have ways of their own."""
