"""Pages become HTML here: every name must exist, everything is escaped, sentences come in the reader's language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console.web.assets import address_of
from console.web.filters import filters_of
from engine.words import Sentence, say


def render(template: str, locale: str, zone: ZoneInfo, values: Mapping[str, Any]) -> str:
    """A page in one language."""
    return environment(locale, zone).get_template(template).render(values)


@cache
def environment(locale: str, zone: ZoneInfo) -> Environment:
    """What templates are written in, once for each language; `_` says a sentence, `static` names a file."""
    made = Environment(
        loader=FileSystemLoader(str(files("console.web").joinpath("templates"))),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )

    def translate(pattern: str, /, **values: object) -> str:
        return say(Sentence(pattern, values), locale)

    made.filters.update(filters_of(locale, zone))
    made.globals.update({"_": translate, "static": address_of, "locale": locale})
    return made
