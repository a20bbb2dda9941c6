"""LibreOffice on this machine, for what another program makes of our files; tests are skipped where it is missing."""

import shutil
import subprocess
from pathlib import Path

import pytest

MISSING = "LibreOffice (soffice) is not installed; what it makes of our sheets is not tried"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason=MISSING)


def saved_by_office(content: bytes, folder: Path, ending: str = "xlsx") -> bytes:
    """The workbook opened and saved again."""
    given, made = folder / "given.xlsx", folder / "made"
    given.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(made), str(given)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return (made / f"given.{ending}").read_bytes()
