"""A file that cannot be read at all, with the code and what is the matter with it."""

from typing import Final

UNREADABLE: Final = frozenset({"UNSUPPORTED_FORMAT", "FILE_ENCRYPTED", "FILE_DAMAGED", "FILE_TOO_LARGE"})
"""The codes of a file of which nothing is known but that it cannot be read."""


class FileRefused(Exception):
    """The file is not read; `code` is one of the file codes, `detail` says in Chinese what was found.

    `remedy` is what to do where it is not what the code says.
    """

    def __init__(self, code: str, detail: str, remedy: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.remedy = remedy


def damaged(detail: str) -> FileRefused:
    """The bytes are of a known form but do not hold together."""
    return FileRefused("FILE_DAMAGED", detail)


def too_large(detail: str) -> FileRefused:
    """One of the limits is passed."""
    return FileRefused("FILE_TOO_LARGE", detail)


def encrypted(detail: str) -> FileRefused:
    """The file asks for a password."""
    return FileRefused("FILE_ENCRYPTED", detail)


def unsupported(detail: str, remedy: str = "") -> FileRefused:
    """The file is of a form that is not read."""
    return FileRefused("UNSUPPORTED_FORMAT", detail, remedy)
