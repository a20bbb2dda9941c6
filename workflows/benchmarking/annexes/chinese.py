"""How papers write days, lists and rates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

UNKNOWN = "—"


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def listed(names: Sequence[str], most: int = 0) -> str:
    """Names in a row; behind `most` of them only how many there are."""
    if most and len(names) > most:
        return f"{'、'.join(names[:most])}等{len(names)}家"
    return "、".join(names)


def rate(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value}%"
