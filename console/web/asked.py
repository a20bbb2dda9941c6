"""What an address asks for: filters, order and page of a list, so that a view can be kept, sent and printed."""

from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Asked(BaseModel):
    """The base of a list's filters. What is empty is not asked for; what is unknown is left alone."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    sort: str = ""
    after: str = ""

    @model_validator(mode="before")
    @classmethod
    def _leave_out(cls, given: Any) -> Any:
        return {name: value for name, value in given.items() if value != ""} if isinstance(given, dict) else given

    @property
    def query(self) -> dict[str, object]:
        """For addresses of the same view from its first page on; what is as usual is left out."""
        return self.model_dump(exclude={"after"}, exclude_defaults=True)

    @property
    def are_set(self) -> bool:
        return bool(self.query.keys() - {"sort"})
