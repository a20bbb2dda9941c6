"""What somebody typed: read into a form, refused with every fault at once, and shown again as it was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Final, TypeVar

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.datastructures import FormData, UploadFile

from engine.decide import Denied
from engine.errors import EngineError
from engine.kinds import Reason
from engine.words import Sentence, tr


class Form(BaseModel):
    """The fields of a form; what is not among them is left alone."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)


Read = TypeVar("Read", bound=Form)


class FormRefused(EngineError):
    """Please look at the marked fields."""

    code: ClassVar[str] = "FORM_REFUSED"

    def __init__(self, faults: Mapping[str, Sentence]) -> None:
        super().__init__()
        self.faults = faults


class StepDenied(EngineError):
    """This step cannot be taken now."""

    code: ClassVar[str] = "STEP_DENIED"

    def __init__(self, denied: Denied) -> None:
        super().__init__(Sentence("{reasons}", {"reasons": tuple(one.sentence for one in denied.reasons)}))
        self.reasons = denied.reasons


@dataclass(frozen=True, slots=True)
class Attempt:
    """An answer to a form: what was typed, what is wrong at which field, and with the whole. Empty at first."""

    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: Mapping[str, Sentence] = field(default_factory=dict)
    refusal: EngineError | None = None

    @property
    def sentence(self) -> Sentence | None:
        """What stands above the form; what is said at its fields is not said twice."""
        said = tuple(one.sentence for one in getattr(self.refusal, "reasons", ()))
        if said and set(map(id, said)) <= set(map(id, self.faults.values())):
            return FormRefused(self.faults).sentence
        return self.refusal.sentence if self.refusal else None

    def value(self, name: str, before: object = "") -> str:
        """What stands in a field: what was typed, or what stood there before."""
        if name in self.typed:
            return self.typed[name][-1] if self.typed[name] else ""
        return "" if before is None else str(before)

    def values(self, name: str) -> tuple[str, ...]:
        """What was ticked."""
        return self.typed.get(name, ())


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields that arrived with a request, files aside."""

    values: Mapping[str, tuple[str, ...]]
    files: Mapping[str, UploadFile]

    def read(self, form: type[Read]) -> Read:
        """The form, or a refusal that names every field at fault."""
        try:
            return form.model_validate(self._given(form))
        except ValidationError as error:
            found = error.errors(include_url=False)
            raise FormRefused({str(one["loc"][0]): _sentence(one) for one in reversed(found)}) from None

    def one(self, name: str) -> str:
        """A single field as it was typed; empty where there is none."""
        return self.values.get(name, ("",))[-1]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every field, as a form has them."""
        return [(name, value) for name, values in self.values.items() for value in values]

    def same(self, new: str, again: str) -> None:
        """Refuse a password that was not typed alike twice."""
        if new != again:
            raise FormRefused({"again": tr("This is not the same as above.")})

    def file(self, name: str) -> tuple[str, bytes] | None:
        """Name and bytes of a file, None where none was chosen."""
        sent = self.files.get(name)
        if sent is None or not sent.filename:
            return None
        sent.file.seek(0)
        return sent.filename, sent.file.read()

    def refused(self, refusal: EngineError) -> Attempt:
        return Attempt(self.values, self._faults(refusal), refusal)

    def _faults(self, refusal: EngineError) -> Mapping[str, Sentence]:
        """What is wrong at which field; reasons of a use case belong to the field of their part."""
        if isinstance(refusal, FormRefused):
            return refusal.faults
        reasons: tuple[Reason, ...] = getattr(refusal, "reasons", ())
        placed = [(FIELDS.get(one.code, one.part), one.sentence) for one in reasons]
        return {place: sentence for place, sentence in placed if place in self.values}

    def _given(self, form: type[Form]) -> dict[str, Any]:
        """One value for a field, several where the field is a list; an empty field was left out."""
        many = {name for name, one in form.model_fields.items() if str(one.annotation).startswith(("tuple", "list"))}
        return {
            name: values if name in many else values[-1]
            for name, values in self.values.items()
            if name in many or values[-1].strip()
        }


FIELDS: Final[Mapping[str, str]] = {"REASON_MISSING": "reason", "DATE_IN_FUTURE": "on", "DATE_BEFORE_STATE": "on"}
"""The field that a reason of the engine is about, by its code."""

NOTHING: Final = Attempt()
"""A form that nobody has filled in yet."""

_SENTENCES: Final[Mapping[str, Callable[[Mapping[str, Any]], Sentence]]] = {
    "missing": lambda _: tr("Please fill in this field."),
    "string_too_short": lambda ctx: tr("Please write at least {n} characters.", n=ctx["min_length"]),
    "string_too_long": lambda ctx: tr("Please write at most {n} characters.", n=ctx["max_length"]),
    "int_parsing": lambda _: tr("Please write a whole number."),
    "decimal_parsing": lambda _: tr("Please write a number."),
    "date_from_datetime_parsing": lambda _: tr("Please write a day such as 2020-06-05."),
    "date_parsing": lambda _: tr("Please write a day such as 2020-06-05."),
    "greater_than_equal": lambda ctx: tr("At least {n}, please.", n=ctx["ge"]),
    "less_than_equal": lambda ctx: tr("At most {n}, please.", n=ctx["le"]),
}


def _sentence(error: Any) -> Sentence:
    said = _SENTENCES.get(error["type"])
    if said is not None:
        return said(error.get("ctx", {}))
    return tr("This value cannot be used here.")


async def typed_of(request: Request) -> Typed:
    """The only place that reads a form; it waits for the network, and so cannot be a plain function."""
    form: FormData = await request.form(max_files=20, max_fields=2000)
    request.state.form = form
    values: dict[str, tuple[str, ...]] = {}
    files: dict[str, UploadFile] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = value
        else:
            values[name] = (*values.get(name, ()), value)
    typed = Typed(values, files)
    request.state.typed = typed
    return typed


AsTyped = Annotated[Typed, Depends(typed_of)]
"""What a handler of a POST takes."""
