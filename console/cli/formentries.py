"""What is typed into a half-yearly form from the command line: single fields, or whole forms as a file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from console.cli.refusals import UsageRefused
from engine.errors import NotFound
from engine.words import tr


def read_settings(texts: Sequence[str]) -> list[tuple[str, str, str]]:
    """Values as they are typed on the line: industry, field, value."""
    from console.reporting import key_of

    found = []
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageRefused(tr("{text}: a value is [INDUSTRY:]FIELD=VALUE.", text=text))
        industry, colon, key = name.rpartition(":")
        found.append((industry.strip() if colon else "", key_of(key.strip()), value))
    return found


def read_entries(path: Path) -> dict[str, dict[str, Any]]:
    """Forms as a file has them: a sheet, or a document {forms: {INDUSTRY: {FIELD: VALUE}}}."""
    from console.reporting import key_of
    from engine.yamlsource import read_document
    from workflows.benchmarking.annexes.reportsheet import read_report_sheet

    if not path.is_file():
        raise NotFound(tr("There is no file {file}.", file=str(path)))
    if path.suffix.lower() not in {".yaml", ".yml", ".json"}:
        return read_report_sheet(path.name, path.read_bytes())
    content = read_document(path).content
    forms = content.get("forms", content) if isinstance(content, dict) else None
    if not isinstance(forms, dict) or not all(isinstance(one, dict) for one in forms.values()):
        raise UsageRefused(tr("{file}: forms are written as forms: {{INDUSTRY: {{FIELD: VALUE}}}}.", file=path.name))
    return {str(name): {key_of(str(key)): value for key, value in one.items()} for name, one in forms.items()}
