"""What people type into the fields of Annex 3, read: figures in every usual writing, texts tidied. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from engine.kinds import Reason
from engine.words import Sentence, tr
from workflows.benchmarking.annex3 import HUNDREDTH, Field
from workflows.benchmarking.dates import read_date

MOST_SIGNS: Final = 20_000
"""What is behind these is not even kept in a draft."""

LONGEST: Final = {"text": 60, "long": 2000}
MOST: Final = Decimal(10) ** 9
EMPTY: Final = frozenset({"", "-", "—", "--", "——", "/", "无", "暂无"})
"""What stands in a field for figures that has none."""

_UNITS: Final = re.compile(r"\s*(?:万元|家|个|份|%)$")
_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,20}|[0-9]{1,3}(?:,[0-9]{3}){1,6})(?:\.[0-9]{1,10})?")
_BREAKS: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Read:
    """A value as it is kept: a whole number, a decimal as text, a day as text, or a text; or what is wrong with it."""

    value: Any = None
    code: str = ""
    sentence: Sentence | None = None


def read_value(field: Field, given: object) -> Read:
    """What was typed as a value of the field; nothing at all is no fault here, and what is faulty stays as typed."""
    if given is None:
        return Read()
    typed = _without_signs(str(given)[:MOST_SIGNS])
    if field.kind in LONGEST:
        return _text(field, typed)
    found = _day(given) if field.kind == "day" else _figure(field, typed)
    return Read(typed, found.code, found.sentence) if found.sentence else found


def figure(values: Mapping[str, Any], key: str) -> Decimal | None:
    """A figure that was read; none where there is none or where what was typed is no figure."""
    found = values.get(key)
    try:
        return None if found is None or isinstance(found, bool) else Decimal(str(found))
    except InvalidOperation:
        return None


def reason(field: Field, read: Read, industry: str) -> Reason:
    """The fault of a field with its place: which industry's form, which field."""
    return told(read.code, field, industry, read.sentence or tr("it cannot be read"))


def told(code: str, field: Field, industry: str, sentence: Sentence) -> Reason:
    place = f"{industry}·{field.label}" if industry else field.label
    return Reason(code, tr("{place}: {told}", place=place, told=sentence), f"{industry}:{field.key}")


def _text(field: Field, given: str) -> Read:
    lines = (" ".join(line.split()) for line in given.split("\n"))
    tidy = _BREAKS.sub("\n\n", "\n".join(lines)).strip()
    if field.kind == "text":
        tidy = tidy.replace("\n", " ")
    most = LONGEST[field.kind]
    if len(tidy) > most:
        return Read(
            given, "TOO_LONG", tr("it has {n} signs, at most {most}; please shorten it", n=len(tidy), most=most)
        )
    return Read(tidy or None)


def _day(given: object) -> Read:
    found = read_date(given)
    if found.state == "missing":
        return Read()
    if found.day is None:
        return Read(str(given), "NOT_A_DAY", tr("“{given}” is no whole day such as 2020-06-30", given=_short(given)))
    return Read(found.day.isoformat())


def _figure(field: Field, given: str) -> Read:
    text = _UNITS.sub("", unicodedata.normalize("NFKC", given).strip()).strip()
    if text in EMPTY:
        return Read()
    number = Decimal(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
    fault = _fault(field, number, _short(given))
    if number is None or fault:
        return fault or Read(given)
    return Read(int(number) if field.kind == "count" else str(number.quantize(HUNDREDTH, ROUND_HALF_UP)))


def _fault(field: Field, number: Decimal | None, given: str) -> Read | None:
    if number is None:
        return Read(given, "NOT_A_NUMBER", tr("“{given}” is no number; write digits only", given=given))
    if number < 0:
        return Read(given, "NEGATIVE", tr("{given} is less than nothing; please check it", given=given))
    if number > MOST:
        return Read(given, "TOO_LARGE", tr("{given} is too large; please check it and its unit", given=given))
    if field.kind == "count" and number != number.to_integral_value():
        return Read(given, "NOT_WHOLE", tr("{given} is no whole number", given=given))
    return None


def _without_signs(given: str) -> str:
    """Without control and layout signs; lines stay lines."""
    text = unicodedata.normalize("NFC", given.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign)[0] != "C" or sign == "\t")


def _short(given: object) -> str:
    return " ".join(_without_signs(str(given)).split())[:40]
