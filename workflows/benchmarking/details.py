"""What is known of an enterprise besides its name, as it may be written down: industry, cluster, honours, contact."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from types import MappingProxyType
from typing import Final

from engine.errors import Refused
from engine.words import tr
from workflows.benchmarking import industries
from workflows.benchmarking.names import clean_text

HONOURS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "专精特新“小巨人”": ("小巨人", "小巨人企业", "专精特新小巨人企业", "国家级专精特新小巨人"),
        "隐形冠军": ("隐形冠军企业",),
        "单项冠军": ("单项冠军企业", "制造业单项冠军", "单项冠军示范企业"),
        "单打冠军": ("单打冠军企业",),
        "独角兽企业": ("独角兽",),
        "瞪羚企业": ("瞪羚",),
        "“浙江制造”标准制定企业": ("浙江制造", "浙江制造标准制定", "浙江制造标准企业"),
        "市级团体标准项目实施企业": ("市级团体标准", "市级团体标准实施企业"),
        "专精特新中小企业": ("专精特新", "专精特新企业"),
        "高新技术企业": ("高企", "国家高新技术企业"),
    }
)
"""The honours that the plan looks at first, each with other ways to write it; any other honour is kept as written."""

CONTACT_FIELDS: Final = ("name", "phone", "email")
LONGEST: Final = 40
_LONGEST_MAIL: Final = 120
_MASKABLE: Final = len("0574-0000000") - 1
_CLOSE: Final = 0.75
_CLUSTER_ENDING = re.compile(r"(?:先进)?(?:制造业)?(?:产业)?(?:集群)?$")
_MOBILE = re.compile(r"(?:\+?86-?)?1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?:\(0[0-9]{2,3}\)|0[0-9]{2,3}-?)[0-9]{7,8}(?:(?:-|转|ext)[0-9]{1,6})?")
_DASHES: Final = str.maketrans("—–－−", "----")
_BETWEEN = re.compile(r"[、,;/\n]")
_SERVICE = re.compile(r"[48]00-?[0-9]{3}-?[0-9]{4}")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_MAIL = re.compile(
    rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\.)+[A-Za-z]{{2,63}}"
)


def read_industry(text: str) -> str:
    """The code of a division, group or class, by code or name; refused with what was probably meant."""
    found = industries.find(text)
    if found is not None and found.code != found.section:
        return found.code
    near = tuple(one.label for one in industries.suggest(text))
    if near:
        raise Refused(
            tr("“{text}” is no industry of GB/T 4754-2017. Is it one of these: {near}?", text=_short(text), near=near)
        )
    raise Refused(tr("“{text}” is no industry of GB/T 4754-2017, such as 3852.", text=_short(text)))


def read_division(text: str) -> str:
    """The two digits of a division, by code or name, which cases are sorted under; a dash is for those without one."""
    if text.strip() == industries.UNKNOWN:
        return industries.UNKNOWN
    code = read_industry(text)
    found = industries.division(code)
    if found is None or found.code != code:
        near = found.label if found else ""
        raise Refused(
            tr("Enterprises are listed by division, two digits; “{text}” lies in {near}.", text=_short(text), near=near)
        )
    return code


def read_cluster(text: str, known: Collection[str]) -> str:
    """A cluster of the campaign as the campaign calls it; where it names none, any."""
    said = clean_text(text).replace("\n", "")
    if not known:
        return said[:LONGEST]
    by_core = {_core(name): name for name in known}
    found = by_core.get(_core(said))
    if found is not None:
        return found
    near = tuple(get_close_matches(said, known, n=3, cutoff=0.4)) or tuple(known)
    raise Refused(tr("“{text}” is no cluster of this campaign. There are: {near}.", text=_short(said), near=near))


def read_honours(texts: Sequence[str]) -> tuple[str, ...]:
    """Honours, each once; those of the vocabulary under their one name, a mistyped one refused."""
    return tuple(dict.fromkeys(_honour(text) for text in texts if text.strip()))


def read_contact(said: Mapping[str, str]) -> dict[str, str]:
    """Whom to ask: name, telephone and mail, each as it can be used; an empty one is left out."""
    strange = [name for name in said if name not in CONTACT_FIELDS]
    if strange:
        raise Refused(tr("A contact has {known}, not {name}.", known=CONTACT_FIELDS, name=_short(strange[0])))
    readers = {"name": _name, "phone": read_phone, "email": read_mail}
    return {name: readers[name](text) for name, text in said.items() if text.strip()}


def read_phone(text: str) -> str:
    """A telephone number with its area code, or that of a mobile; several one after the other."""
    said = unicodedata.normalize("NFKC", text).translate(_DASHES).replace(" ", "")
    numbers = [one for one in _BETWEEN.split(said) if one]
    if numbers and all(any(kind.fullmatch(one) for kind in (_MOBILE, _LANDLINE, _SERVICE)) for one in numbers):
        return "、".join(numbers)
    raise Refused(tr("{text} is no telephone number; write a mobile's 11 digits, or 0574-00000000.", text=_short(text)))


def read_mail(text: str) -> str:
    """A mail address; its domain in small letters."""
    said = unicodedata.normalize("NFKC", text).strip()
    if len(said) > _LONGEST_MAIL or not _MAIL.fullmatch(said):
        raise Refused(tr("{text} is no mail address such as office@example.org.", text=_short(text)))
    local, _, domain = said.rpartition("@")
    return f"{local}@{domain.lower()}"


def masked(contact: Mapping[str, str]) -> dict[str, str]:
    """A contact as lists show it: enough to know whom one has, not enough to call."""
    hidden = {"name": _masked_name, "phone": _masked_phone, "email": _masked_mail}
    return {name: hidden[name](text) for name, text in contact.items() if name in hidden and text}


def _honour(text: str) -> str:
    said = clean_text(text).replace("\n", "")
    by_core = {_plain(word): name for name, words in HONOURS.items() for word in (name, *words)}
    found = by_core.get(_plain(said))
    if found is not None:
        return found
    if len(said) > LONGEST:
        raise Refused(tr("{text} is longer than {n} characters.", text=_short(said), n=LONGEST))
    near = [name for word, name in by_core.items() if _mistyped(_plain(said), word)]
    if near:
        raise Refused(tr("“{text}” is no known honour; is it {near}?", text=said, near=tuple(dict.fromkeys(near))))
    return said


def _mistyped(said: str, word: str) -> bool:
    """As long as the word and nearly the same signs; a longer honour that has the word in it is another one."""
    return len(said) == len(word) and SequenceMatcher(None, said, word).ratio() >= _CLOSE


def _name(text: str) -> str:
    said = clean_text(text).replace("\n", " ")
    if len(said) > LONGEST:
        raise Refused(tr("{text} is longer than {n} characters.", text=_short(said), n=LONGEST))
    return said


def _masked_name(text: str) -> str:
    return text[0] + "*" * (len(text) - 1)


def _masked_phone(text: str) -> str:
    return "、".join(f"{one[:3]}****{one[-4:]}" if len(one) >= _MASKABLE else "****" for one in text.split("、"))


def _masked_mail(text: str) -> str:
    local, _, domain = text.rpartition("@")
    return f"{local[:1]}***@{domain}"


def _core(text: str) -> str:
    """A cluster without 产业, 集群 and the like behind it."""
    plain = _plain(text)
    return _CLUSTER_ENDING.sub("", plain) or plain


def _plain(text: str) -> str:
    """Without blanks, widths and quotation marks, which people set as they like."""
    signs = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in signs if not sign.isspace() and sign not in "“”\"'‘’「」『』·")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
