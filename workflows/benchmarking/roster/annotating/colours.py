"""Which colour a fill shows, however the workbook names it: outright, by its palette, or by its theme."""

import colorsys
import re
from collections.abc import Mapping
from typing import Final

_SCHEME = re.compile(
    rb"<(?:\w+:)?(dk1|lt1|dk2|lt2|accent[1-6]|hlink|folHlink)\s*>\s*<[^>]*?(?:lastClr|val)=\"([0-9A-Fa-f]{6})\"[^>]*>"
)
# A theme is written dark before light and counted light before dark.
_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_PALETTE: Final = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)
_FIRST_REPEATED: Final = 8
_DIGITS: Final = 6


def rgb_of(fill: Mapping[str, str], theme: bytes) -> str | None:
    """RRGGBB of a fill as it is written in the formats; None where it has none or is no plain colour."""
    if fill.get("patternType") in (None, "", "none"):
        return None
    if "rgb" in fill:
        return fill["rgb"][-_DIGITS:].upper()
    if "theme" in fill:
        return _of_theme(int(fill["theme"]), float(fill.get("tint", "0")), theme)
    number = int(fill.get("indexed", "64"))
    number = number if number < _FIRST_REPEATED else number - _FIRST_REPEATED
    return _PALETTE[number * _DIGITS : (number + 1) * _DIGITS] or None


def _of_theme(number: int, tint: float, theme: bytes) -> str | None:
    scheme = {name.decode(): colour.decode() for name, colour in _SCHEME.findall(theme)}
    found = scheme.get(_ORDER[number]) if number < len(_ORDER) else None
    if found is None:
        return None
    red, green, blue = (int(found[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))
