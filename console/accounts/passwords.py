"""Which passwords are taken: long enough, not among the commonest, not made of what anybody knows of the person."""

import re
from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from console.accounts.core import Accounts
from console.accounts.hashing import folded
from console.accounts.refusals import PasswordRefused
from engine.model import Person
from engine.store import campaigns, organisations
from engine.store.database import Work
from engine.words import Sentence, tr

SHORTEST: Final = 10
LONGEST: Final = 200
LEAST_OWN: Final = 6
"""Characters a password must have beside the words that anybody knows."""

_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
_RUN: Final = 4
_HOUSE_WORDS: Final = ("lingpao", "password", "领跑", "密码")


def check_password(password: str, words: Collection[str]) -> None:
    """Refuse a password with every reason at once; `words` are those that anybody knows."""
    sentences = tuple(faults(password, words))
    if sentences:
        raise PasswordRefused(sentences)


def faults(password: str, words: Collection[str]) -> Iterator[Sentence]:
    """What is wrong with a password. There are no rules about kinds of characters; length and surprise count."""
    plain = folded(password).casefold()
    if len(plain) < SHORTEST:
        yield tr("A password has at least {n} characters; a short sentence is a good one.", n=SHORTEST)
    if len(plain) > LONGEST:
        yield tr("A password has at most {n} characters.", n=LONGEST)
    if plain in commonest():
        yield tr("This is one of the passwords that everybody tries first.")
    elif len(plain) >= SHORTEST and _is_row(plain):
        yield tr("This password is a row of keys or the same few characters again and again.")
    elif len(plain) >= SHORTEST and _is_known(plain, words):
        yield tr("This password is hardly more than your login, your name or words of the campaign.")


def words_about(accounts: Accounts, work: Work, person: Person) -> frozenset[str]:
    """Login, name, organisations, campaigns and the system's name, as far as they are long enough to count."""
    places = organisations.every(work)
    found = {person.login, person.name, *_HOUSE_WORDS, *re.split(r"[@.]", person.email or "")}
    near = [one for one in places if one.id == person.organisation_id or one.parent_id is None]
    found |= {text for one in near for text in (one.code, one.name, one.full_name)}
    for campaign in campaigns.every(work):
        body = campaign.body
        found |= {campaign.key, str(body.get("title", "")), str(body.get("short", ""))}
    found |= {accounts.office().letterhead.system}
    parts = {part for word in found for part in re.split(r"[-_\s]", word)}
    return frozenset(folded(word).casefold() for word in found | parts if len(word) >= 2)  # noqa: PLR2004


@cache
def commonest() -> frozenset[str]:
    """Passwords of ten characters and more that lists of stolen ones begin with."""
    text = files("console.accounts").joinpath("commonest.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if line)


def _is_known(plain: str, words: Collection[str]) -> bool:
    """Whether little is left without the known words, or what is left is a row or a common password."""
    rest = plain
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if rest == plain:
        return False
    own = re.sub(r"[\W_]+", "", rest)
    return len(own) < LEAST_OWN or own in commonest() or _is_row(own)


def _is_row(plain: str) -> bool:
    """Whether it is made of runs along the keyboard or the alphabet, or of few characters."""
    if len(set(plain)) <= 3 or (plain + plain).find(plain, 1) <= min(len(plain) // 2, 5):  # noqa: PLR2004
        return True
    rest = plain
    for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
        for size in range(len(row), _RUN - 1, -1):
            for start in range(len(row) - size + 1):
                rest = rest.replace(row[start : start + size], "")
    return len(rest) < LEAST_OWN - _RUN + 1
