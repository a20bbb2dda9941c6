"""How what is refused reaches the reader: one table of exit codes, one way to say what, where and what to do."""

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from io import UnsupportedOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final

import typer

from console.cli.call import Call
from console.cli.paper import print_json
from engine.errors import CaseChanged, EngineError
from engine.faults import FaultsFound, did_you_mean, trouble_with
from engine.words import DEFAULT_LOCALE, Sentence, say, tr

if TYPE_CHECKING:
    from engine.kinds import Reason

DONE, REFUSED, USAGE, CONFIGURATION, CHANGED = 0, 1, 2, 3, 5

EXITS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "USAGE": USAGE,
        "CASE_CHANGED": CHANGED,
        "LEASE_LOST": CHANGED,
        "FAULTS_FOUND": CONFIGURATION,
        "DEFINITION_REFUSED": CONFIGURATION,
        "SETTINGS_MISSING": CONFIGURATION,
        "SCHEMA_OUTDATED": CONFIGURATION,
        "DATABASE_MISSING": CONFIGURATION,
        "DATABASE_FAILED": CONFIGURATION,
        "DATABASE_ADDRESS_REFUSED": CONFIGURATION,
        "RELAY_REFUSED": CONFIGURATION,
        "PROVIDER_RULES_REFUSED": CONFIGURATION,
    }
)
"""Exit code by the code of the refusal's class; every other refusal is a plain no."""


_EXTRA: Final = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
"""How Typer words what we say in our own."""


_SUSPECT: Final = re.compile(r"\d{10}|\b(?:0\d{3}|9\d{3})\b|[\x00-\x08\ud800-\udfff]")
"""What a number that no table holds, a day at the edge of the calendar, or a broken text looks like."""


class UsageRefused(EngineError):
    """The command line cannot be understood."""

    code: ClassVar[str] = "USAGE"


class VerbUnknown(UsageRefused):
    """There is no such command."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        hint = did_you_mean(name, known)
        told = tr("There is no command {name}.", name=name)
        super().__init__(tr("{told} ({hint})", told=told, hint=hint) if hint else told)


def guarded(given: Mapping[str, Any], run: Callable[[], Any]) -> None:
    """Run a command line and leave with its exit code; a refusal is said, everything else is a fault of ours."""
    try:
        code = run()
        # a full disk behind a pipe shows itself only here
        sys.stdout.flush()
    except typer.TyperException as problem:
        code = _refuse(given, _usage(problem)) if type(problem).__name__ != "NoArgsIsHelpError" else _helped(problem)
    except typer.Abort:
        code = _refuse(given, EngineError(tr("Nothing was done.")))
    except EngineError as refusal:
        code = _refuse(given, refusal) if refusal.code != "DONE_BEFORE" else _repeated(given, refusal)
    except OSError as problem:
        code = _stuck(given, problem)
    except (OverflowError, UnicodeError):
        # a day beyond the calendar, a number beyond the database, signs that no text has
        code = _refuse(given, EngineError(_out_of_range(given.get("line", ()))))
    except _database_faults() as fault:
        code = _refuse(given, _failed(fault, str(given.get("place") or "")))
    sys.exit(code or DONE)


def _stuck(given: Mapping[str, Any], problem: OSError) -> int:
    """A file in trouble is a refusal; whoever reads what is written and goes away has seen enough."""
    if not problem.filename:
        # what could not be written would be tried once more at the end of the process, and change its exit code
        with suppress(UnsupportedOperation):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE if isinstance(problem, BrokenPipeError) else _refuse(given, EngineError(_trouble(problem)))


def _trouble(problem: OSError) -> Sentence:
    """What is the matter with which file; where the system names none, it was written to already."""
    told = trouble_with(problem)
    if not problem.filename:
        return tr("What was to be written could not be: {problem}", problem=told)
    return tr("{file}: {problem}", file=str(problem.filename), problem=told)


def _out_of_range(line: Sequence[str]) -> Sentence:
    """The words of the line that no number, day or text can be, where they can be told."""
    suspects = tuple(dict.fromkeys(word.encode("utf-8", "replace").decode() for word in line if _SUSPECT.search(word)))
    if not suspects:
        return tr("A number, a day or a sign on the line is out of range; please check it.")
    return tr("{words}: a number, a day or a sign is out of range; please check it.", words=suspects)


def exit_code(refusal: EngineError) -> int:
    return EXITS.get(refusal.code, REFUSED)


def as_json(refusal: EngineError, locale: str) -> dict[str, Any]:
    """The refusal for machines: its code and sentence, and what else it knows."""
    told: dict[str, Any] = {"code": refusal.code, "sentence": say(refusal.sentence, locale)}
    if isinstance(refusal, CaseChanged):
        told |= {"state": refusal.state, "version": refusal.version, "changed_by": refusal.changed_by}
    if isinstance(refusal, FaultsFound):
        told |= {"faults": refusal.as_json(locale)}
    if reasons := _reasons(refusal):
        told |= {
            "reasons": [{"code": one.code, "sentence": say(one.sentence, locale), "part": one.part} for one in reasons]
        }
    return {"error": told | {"exit": exit_code(refusal)}}


def _refuse(given: Mapping[str, Any], refusal: EngineError) -> int:
    call = Call.of(dict(given))
    locale = call.locale or str(given.get("house_locale") or DEFAULT_LOCALE)
    if call.as_json:
        print_json(as_json(refusal, locale))
    else:
        sys.stderr.write("".join(f"{line}\n" for line in _lines(refusal, locale)))
    return exit_code(refusal)


def _repeated(given: Mapping[str, Any], refusal: EngineError) -> int:
    """What was done before under its key is as good as done."""
    call = Call.of(dict(given))
    locale = call.locale or str(given.get("house_locale") or DEFAULT_LOCALE)
    told = say(refusal.sentence, locale)
    if call.as_json:
        print_json({"result": "done_before", "key": call.key, "sentence": told})
    else:
        sys.stdout.write(told + "\n")
    return DONE


def _lines(refusal: EngineError, locale: str) -> list[str]:
    """The refusal for people: a sentence, or every fault of a file or an entry on a line of its own."""
    if reasons := _reasons(refusal):
        head = tr("{n} faults; nothing was done:", n=len(reasons))
        return [say(head, locale), *(f"  – {say(one.sentence, locale)} [{one.code}]" for one in reasons)]
    if not isinstance(refusal, FaultsFound):
        return [say(tr("Refused: {sentence}", sentence=refusal.sentence), locale)]
    head = tr("{n} faults; nothing was done:", n=len(refusal.faults))
    return [say(head, locale), *(f"  {fault.say(locale)}" for fault in refusal.faults)]


def _reasons(refusal: EngineError) -> "Sequence[Reason]":
    """Every fault of what was entered, where the refusal has several."""
    found: Sequence[Reason] = getattr(refusal, "reasons", ())
    return found


def _helped(problem: typer.TyperException) -> int:
    sys.stderr.write(problem.format_message() + "\n")
    return USAGE


def _usage(problem: typer.TyperException) -> UsageRefused:
    ctx = getattr(problem, "ctx", None)
    help_page = f"{ctx.command_path} --help" if ctx else "lingpao --help"
    return UsageRefused(tr("{problem} `{help}` shows how it goes.", problem=_told(problem), help=help_page))


def _told(problem: typer.TyperException) -> Sentence:
    """What is wrong with the command line, whatever words Typer has for it."""
    param = getattr(problem, "param", None)
    what = (param.get_error_hint() if param else "").strip("'") or getattr(problem, "option_name", "")
    kind = type(problem).__name__
    if kind == "MissingParameter":
        return tr("{what} is missing.", what=what)
    if kind == "NoSuchOption":
        return tr("There is no option {what} here.", what=what)
    if kind == "BadOptionUsage":
        return tr("The option {what} needs a value, or takes none.", what=what)
    extra = _EXTRA.fullmatch(problem.message)
    if extra:
        return tr("Too much on the line: {extra}.", extra=extra.group(1))
    return tr("{what}: {problem}", what=what, problem=_wrong_value(problem)) if what else _wrong_value(problem)


def _wrong_value(problem: typer.TyperException) -> Sentence:
    """What is wrong with a value: what we said of it ourselves, else by the kind of value that was wanted."""
    own: Sentence | None = getattr(problem, "sentence", None)
    if own is not None:
        return own
    return tr("this is no whole number.") if "integer" in problem.message else tr("this value does not fit.")


def _database_faults() -> tuple[type[Exception], ...]:
    """Asked only when something nobody else knows has been raised, so that no command imports it in vain."""
    from engine.store.backup import FAULTS

    return FAULTS


def _failed(fault: Exception, place: str) -> EngineError:
    """The refusal for a database in trouble; what only the program can be blamed for goes on as it came."""
    from engine.store.backup import DatabaseFailed, trouble_of

    trouble = trouble_of(fault)
    if trouble is None:
        raise fault
    told = tr(
        "The database {place} cannot be used: {problem}. `lingpao doctor` says more.", place=place, problem=trouble
    )
    return DatabaseFailed(told)
