"""Which notices go into one mail: the same letter, morning and receivers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from engine.model import Notice
from engine.store.database import Work
from notifications.post import Post
from notifications.recipients import Addressees, addressees
from notifications.sections import Gatherer
from notifications.truth import is_level


@dataclass(frozen=True, slots=True)
class Bundle:
    """Notices of one letter for the same people on one morning."""

    letter: str
    campaign: str
    morning_on: date
    people: Addressees
    is_level: bool
    draft: bool
    notices: list[Notice] = field(default_factory=list)

    @property
    def people_key(self) -> str:
        """The same text for the same lists of receivers."""
        to, cc = (sorted(one.address.casefold() for one in group) for group in (self.people.to, self.people.cc))
        return f"{' '.join(to)}|{' '.join(cc)}"

    @property
    def district_ids(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(notice.district_id for notice in self.notices))

    @property
    def district_id(self) -> int | None:
        """The district, where it is about one only."""
        return self.district_ids[0] if len(self.district_ids) == 1 else None


def bundles_of(post: Post, work: Work, gatherer: Gatherer, notices: Sequence[Notice]) -> Iterator[Bundle]:
    """The bundles in the order in which their first notice was posted."""
    known: dict[tuple[str, int], Addressees] = {}
    bundles: dict[tuple[object, ...], Bundle] = {}
    for notice in notices:
        who = (notice.letter, notice.district_id)
        if who not in known:
            known[who] = addressees(post, work, notice.letter, gatherer.district(notice.district_id))
        people = known[who]
        draft = bool(notice.facts.get("draft"))
        # a level is said once a day, whichever morning its notices were meant for
        morning_on = post.engine.today(work) if is_level(notice) else notice.morning_on
        bundle = Bundle(notice.letter, notice.campaign, morning_on, people, is_level(notice), draft)
        # whoever has nobody at all is told of by itself; those somebody stands in for go together
        alone = notice.district_id if not people.to else 0
        key = (bundle.letter, bundle.campaign, bundle.morning_on, bundle.people_key, people.is_instead, alone, draft)
        bundles.setdefault(key, bundle).notices.append(notice)
    yield from bundles.values()
