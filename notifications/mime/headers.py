"""Header lines as every mailbox reads them: RFC 2047 B words in UTF-8, cut between characters, folded at 76 columns."""

from base64 import b64encode
from collections.abc import Iterable, Sequence

from notifications.mime.draft import Mailbox

LINE_COLUMNS = 76
WORD_COLUMNS = 75
WORD_FRAME = len("=?UTF-8?B??=")


def text_line(name: str, text: str) -> str:
    """A header of free text; the whole value is of one charset, ASCII or encoded."""
    if _is_plain(text) and len(name) + len(": ") + len(text) <= LINE_COLUMNS:
        return f"{name}: {text}"
    return folded(name, encoded_words(text, _word_bytes(name)))


def mailboxes_line(name: str, mailboxes: Sequence[Mailbox]) -> str:
    """A header of addresses; a display name is a quoted string or encoded words, never bare."""
    tokens: list[str] = []
    for mailbox in mailboxes:
        tokens += [*_phrase(mailbox.name, name), f"<{mailbox.address}>,"] if mailbox.name else [f"{mailbox.address},"]
    tokens[-1] = tokens[-1].removesuffix(",")
    return folded(name, tokens)


def folded(name: str, tokens: Iterable[str]) -> str:
    """The tokens behind the name, a blank between them, broken before the token that would pass the line's end."""
    line, lines = f"{name}:", []
    for token in tokens:
        if len(line) + 1 + len(token) > LINE_COLUMNS and line != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {token}"
    return "\r\n".join([*lines, line])


def encoded_words(text: str, most_bytes: int) -> list[str]:
    """The text as encoded words of at most `most_bytes` bytes before encoding; no character is cut in two."""
    words, start, room = [], 0, most_bytes
    for place, letter in enumerate(text):
        needed = len(letter.encode())
        if needed > room:
            words.append(encoded_word(text[start:place]))
            start, room = place, most_bytes
        room -= needed
    return [*words, encoded_word(text[start:])]


def encoded_word(text: str) -> str:
    """The whole text as one encoded word, however long."""
    return f"=?UTF-8?B?{b64encode(text.encode()).decode('ascii')}?="


def _word_bytes(name: str) -> int:
    """How many bytes a word may hold so that the first one still fits behind the header's name."""
    columns = min(WORD_COLUMNS, LINE_COLUMNS - len(name) - len(": ")) - WORD_FRAME
    return columns // 4 * 3


def _is_plain(text: str) -> bool:
    return text.isascii() and text == text.strip() and "=?" not in text


def _phrase(text: str, header: str) -> list[str]:
    if _is_plain(text):
        quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if len(header) + len(": ") + len(quoted) <= LINE_COLUMNS:
            return [quoted]
    return encoded_words(text, _word_bytes(header))
