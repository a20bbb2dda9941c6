"""The unified social credit code of GB 32100: cleaned, and checked in its letters and both check characters."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from engine.words import Sentence, tr

LENGTH: Final = 18
ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_BODY_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BODY_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY: Final = slice(8, 16)
_BODY_CHECK: Final = 16
_REGION: Final = slice(2, 8)

MISSING: Final = "CREDIT_CODE_MISSING"
DIGITS_LOST: Final = "CREDIT_CODE_DIGITS_LOST"
OLD_NUMBER: Final = "CREDIT_CODE_OLD_NUMBER"
OLD_BODY_CODE: Final = "CREDIT_CODE_OLD_BODY_CODE"
WRONG_LENGTH: Final = "CREDIT_CODE_WRONG_LENGTH"
WRONG_CHARACTER: Final = "CREDIT_CODE_WRONG_CHARACTER"
WRONG_REGION: Final = "CREDIT_CODE_WRONG_REGION"
WRONG_CHECK: Final = "CREDIT_CODE_WRONG_CHECK"
OTHER_CITY: Final = "CREDIT_CODE_OTHER_CITY"

_KINDS: Final = {"91": "企业", "92": "个体工商户", "93": "农民专业合作社", "12": "事业单位", "51": "社会团体"}
# What people type for the sign that it looks like; no code has I, O, S, V or Z.
_LOOKALIKES: Final = str.maketrans({"I": "1", "O": "0", "S": "5", "Z": "2", "V": "Y"})


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code that is right in itself, whose region may still be a reason to look twice."""

    code: str
    warnings: tuple[str, ...] = ()

    @property
    def region(self) -> str:
        """The administrative code of the office that registered it."""
        return self.code[_REGION]

    @property
    def kind(self) -> str | None:
        """企业, 个体工商户 and so on, as far as the first two characters tell."""
        return _KINDS.get(self.code[:2])


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no credit code, what to do about it, and the code that was probably meant."""

    code: str
    sentence: str
    suggestion: str | None = None


def check(text: object, *, city: str = "3302") -> CreditCode | Fault:
    """Return the code in a cell, or the fault in it; a code registered outside `city` only carries a warning."""
    code = clean(_as_text(text))
    fault = _fault_in_number(text, code) or _fault_in_shape(code) or _fault_in_signs(code)
    if fault:
        return fault
    return CreditCode(code, () if code[_REGION].startswith(city) else (OTHER_CITY,))


_LABEL = re.compile(r"^(?:统一)?(?:社会)?(?:信用)?代码:?|^(?:税号|纳税人识别号):?")
_IGNORED: Final = frozenset({"Pd", "Cf", "Cc", "Zs", "Zl", "Zp"})


def clean(text: str) -> str:
    """The code as it is stored: half-width, upper case, without label, spaces, hyphens and quotation marks."""
    folded = unicodedata.normalize("NFKC", text.replace("_x000D_", "")).upper()
    signs = "".join(sign for sign in folded if unicodedata.category(sign) not in _IGNORED and sign not in "'`\"‘’“”−")
    return _LABEL.sub("", signs)


_EXPONENT = re.compile(r"[0-9](?:\.[0-9]{1,20})?E\+?[0-9]{2}")
_ZEROS_BEHIND = re.compile(r"[0-9]{15}000")
_DIGITS_KEPT: Final = 15


def _fault_in_number(value: object, code: str) -> Fault | None:
    """A spreadsheet keeps fifteen digits of a number and makes zeros of the rest of a code typed as one."""
    number = isinstance(value, int | float) and abs(value) >= 10**_DIGITS_KEPT
    zeros = _ZEROS_BEHIND.fullmatch(code) and not _checks(code)
    if not number and not zeros and not _EXPONENT.fullmatch(code):
        return None
    return Fault(
        DIGITS_LOST,
        "信用代码被存成了数字，15位以后的数字已经丢失。请先把单元格设为“文本”格式，再按营业执照重新填写18位代码。",
    )


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


_NOTHING: Final = frozenset({"", "/", "无", "暂无", "没有", "N/A", "NONE", "NULL"})
_OLD_NUMBER = re.compile(r"[0-9]{15}")
_OLD_BODY_CODE = re.compile(r"[0-9A-Z]{8}[0-9X]")


def _fault_in_shape(code: str) -> Fault | None:
    if code in _NOTHING:
        return Fault(MISSING, "没有填写统一社会信用代码。请按营业执照填写18位代码。")
    if _OLD_NUMBER.fullmatch(code):
        return Fault(OLD_NUMBER, f"“{code}”是旧的15位工商注册号。请改填营业执照上的18位统一社会信用代码。")
    if _OLD_BODY_CODE.fullmatch(code):
        return Fault(OLD_BODY_CODE, f"“{code}”是旧的9位组织机构代码。请改填营业执照上的18位统一社会信用代码。")
    if len(code) != LENGTH:
        shown = code if len(code) <= 2 * LENGTH else f"{code[: 2 * LENGTH]}…"
        return Fault(WRONG_LENGTH, f"“{shown}”有{len(code)}个字符，应为18个。请对照营业执照核对是否漏填或多填。")
    return None


def _fault_in_signs(code: str) -> Fault | None:
    strange = next((position for position, sign in enumerate(code) if sign not in ALPHABET), None)
    if strange is not None:
        hint = _suggestion(code.translate(_LOOKALIKES))
        meant = f"是否应为“{hint}”？" if hint else ""
        said = f"“{code}”第{strange + 1}位的“{code[strange]}”不会出现在信用代码中（没有字母I、O、S、V、Z）。"
        return Fault(WRONG_CHARACTER, f"{said}{meant}请对照营业执照核对。", hint)
    if not code[_REGION].isdecimal():
        return Fault(WRONG_REGION, f"“{code}”第3至8位应为6位数字的行政区划代码。请对照营业执照核对。")
    if not _checks(code):
        hint = _transposed(code)
        meant = f"相邻两位是否颠倒，应为“{hint}”？" if hint else ""
        return Fault(WRONG_CHECK, f"“{code}”的校验码不对，至少有一位填错。{meant}请对照营业执照逐位核对。", hint)
    return None


def _checks(code: str) -> bool:
    return code[_BODY_CHECK] == body_check(code[_BODY]) and code[-1] == last_check(code[:-1])


def last_check(code: str) -> str:
    """The last character, from the 17 before it."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=True))
    return ALPHABET[-total % len(ALPHABET)]


def body_check(body: str) -> str:
    """The check character of the organisation code (GB 11714), from the 8 before it."""
    total = sum(_BODY_ALPHABET.index(sign) * weight for sign, weight in zip(body, _BODY_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _suggestion(code: str) -> str | None:
    right = len(code) == LENGTH and set(code) <= set(ALPHABET) and code[_REGION].isdecimal() and _checks(code)
    return code if right else None


def _transposed(code: str) -> str | None:
    """Return the one right code that comes of swapping two neighbours, if there is exactly one."""
    swaps = {f"{code[:place]}{code[place + 1]}{code[place]}{code[place + 2 :]}" for place in range(LENGTH - 1)}
    right = [swap for swap in swaps if _suggestion(swap)]
    return right[0] if len(right) == 1 else None


def fault_of(code: str) -> Sentence | None:
    """What is wrong with a cleaned code, with the remedy, in the language of the reader; None when nothing is."""
    checked = check(code)
    if isinstance(checked, CreditCode):
        return None
    if checked.code == WRONG_CHARACTER:
        sign = next(one for one in clean(code) if one not in ALPHABET)
        return tr("{code} contains {signs}, which no credit code has; I may be 1, O may be 0.", code=code, signs=sign)
    if checked.code == OLD_NUMBER:
        return tr(
            "{code} is an old registration number of 15 digits; take the 18 characters of the licence.", code=code
        )
    if checked.code in {WRONG_CHECK, WRONG_REGION}:
        return tr("{code} fails its check characters; one of its signs is mistyped.", code=code)
    return tr("{code} has {n} characters instead of 18; copy it from the licence.", code=code, n=len(code))
