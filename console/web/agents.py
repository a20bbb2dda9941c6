"""Browsers in words: which one, of which version, on which system, from the long line that it says of itself."""

import re
from typing import Final

BROWSERS: Final = (
    ("MicroMessenger", "微信"),
    ("QQBrowser", "QQ浏览器"),
    ("QIHU|360SE|360EE", "360浏览器"),
    ("Edg|EdgA|EdgiOS", "Edge"),
    ("Firefox|FxiOS", "Firefox"),
    ("Chrome|HeadlessChrome|CriOS", "Chrome"),
    ("Version", "Safari"),
)
"""The names in that line, in the order in which they tell the truth: most of them also name the one they imitate."""

SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone|iPad", "iOS"),
    ("HarmonyOS|OpenHarmony", "HarmonyOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
LONGEST: Final = 60


def browser(agent: str | None) -> str:
    """“Chrome 109, Windows”; a line that names none of them stays as it is, shortened."""
    line = agent or ""
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, line)), "")
    for pattern, name in BROWSERS:
        found = re.search(rf"(?<![A-Za-z])(?:{pattern})(?:/(\d+))?", line)
        if found and (name != "Safari" or "Safari" in line):
            known = " ".join(filter(None, (name, found[1])))
            return "，".join(filter(None, (known, system)))
    return line[:LONGEST]
