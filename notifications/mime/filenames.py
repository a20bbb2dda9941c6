"""File names of attachments: what they may be, and the three forms in which different mailboxes look for them."""

import re
import unicodedata
from urllib.parse import quote

from notifications.mime.headers import encoded_word


def tidy_file_name(text: str) -> str:
    """A name that can be attached, as near to the given one as possible; always with an extension."""
    kept = "".join(letter for letter in text if unicodedata.category(letter) not in _DROPPED)
    stem, dot, extension = _UNWANTED.sub("_", kept).rpartition(".")
    if not dot or not _EXTENSION.fullmatch(extension):
        stem, extension = f"{stem}{dot}{extension}", "bin"
    stem = stem.strip("_.")[:LONGEST_STEM].rstrip("_.") or "file"
    return f"{stem}.{extension}"


def is_file_name(text: str) -> bool:
    """Whether this name may be attached as it stands."""
    return tidy_file_name(text) == text


def name_parameters(name: str) -> tuple[str, ...]:
    """Parameter of Content-Type; read by QQ and by old Foxmail and Outlook."""
    return (f'name="{name if name.isascii() else encoded_word(name)}"',)


def filename_parameters(name: str) -> tuple[str, ...]:
    """Parameters of Content-Disposition: the form of the mailboxes above, then that of RFC 2231 in one piece."""
    if name.isascii():
        return (f'filename="{name}"',)
    return (f'filename="{encoded_word(name)}"', f"filename*=UTF-8''{quote(name, safe='')}")


LONGEST_STEM = 40
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNWANTED = re.compile(r"""[\s/\\:*?"'<>|;=%]+""")
_EXTENSION = re.compile(r"[A-Za-z0-9]{1,8}")
