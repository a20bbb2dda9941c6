"""The campaign kind 对标达标: standards comparison by enterprises of many districts."""

from importlib.resources import files
from pathlib import Path
from typing import Final

MIGRATIONS: Final = Path(str(files("workflows.benchmarking") / "migrations" / "versions"))
"""Where this kind's own branch of database revisions lies."""
