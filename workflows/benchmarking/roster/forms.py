"""A kind of list as a table: its columns, how each is read, and what is checked beyond the single cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from workflows.benchmarking.roster.drafts import Draft, RosterDraft
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.texts import label_key

Reader = Callable[[Scalar, str, Draft], object]
RowCheck = Callable[[Draft], None]
ListCheck = Callable[[RosterDraft], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form: its printed label, the labels under which it arrives, and its reader."""

    field: str
    label: str
    read: Reader
    aliases: Sequence[str] = ()
    # Words that a longer label of this column contains together, used where no exact label is found.
    containing: Sequence[Sequence[str]] = ()
    # Labels of a column beside it that holds the titles of what this one numbers.
    titles: Sequence[str] = ()
    required: bool = True
    # A column that only counts the rows: nothing in it is ever wrong.
    counting: bool = False
    # A column that may be left out without a word about it.
    quiet: bool = False
    # The value where the cell could not be read.
    empty: object = None
    # For the empty list that is handed out: width in characters, the closed choice, what to write and an example of it.
    width: float = 18
    choices: Sequence[str] = ()
    hint: str = ""
    example: str = ""
    # The most characters that may stand in a cell of this column, and whether something must stand in it.
    longest: int | None = None
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of list; the header is known by one field of every group in `known_by`."""

    key: str
    title_word: str
    columns: Sequence[Column]
    known_by: Sequence[Sequence[str]]
    # The field that names whom a row is about: it continues downwards where a row leaves it out.
    subject: str
    # The field that tells the rows of one subject apart.
    part: str | None = None
    # Fields that name the subject as well, such as its code: a row that fills one of them goes on with nobody else's.
    also_subject: Sequence[str] = ()
    # Whether it names who takes part; only such a list has a day by which it is due and is counted against a quota.
    nominating: bool = False
    # The number of the annex that it is in the campaign's plan.
    annex: str | None = None
    row_checks: Sequence[RowCheck] = ()
    list_checks: Sequence[ListCheck] = ()
    # For the empty list that is handed out: what such a list is called, its title with the gaps {city} and {year}, and
    # the notes below it.
    name: str = ""
    title: str = ""
    notes: Sequence[str] = ()
    labels: Mapping[str, tuple[str, bool]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "labels", _labels(self.columns))

    def field_of(self, label: str) -> tuple[str, bool] | None:
        """The field whose label this is, and whether it is the column of its titles."""
        return self.labels.get(label_key(label))

    def field_containing(self, label: str) -> str | None:
        """The field of which a longer label speaks."""
        key = label_key(label)
        for column in self.columns:
            if any(all(word in key for word in words) for words in column.containing):
                return column.field
        return None


def _labels(columns: Sequence[Column]) -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for column in columns:
        for title in column.titles:
            found[label_key(title)] = (column.field, True)
    for column in columns:
        for label in (column.label, *column.aliases):
            found[label_key(label)] = (column.field, False)
    return found
