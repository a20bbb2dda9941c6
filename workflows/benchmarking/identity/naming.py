"""An enterprise that is called otherwise from now on: its cases follow, the name before stays findable."""

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.identity.deciding import Deciding, Joined, standing
from workflows.benchmarking.names import name_key, normalise_enterprise
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import of_everywhere


def rename(
    engine: Engine, work: Work, actor: Actor, enterprise: int, name: str, *, reason: str, version: int | None = None
) -> Joined:
    """Give an enterprise the name that its licence has now; a list with the old one still finds it."""
    deciding = Deciding.begin(engine, work, actor, reason)
    (known,) = deciding.hold([enterprise], {enterprise: version})
    standing(known, work)
    wanted = normalise_enterprise(name)
    if not wanted:
        raise Refused(tr("{what} is missing; please fill it in.", what=tr("the name of the enterprise")))
    if wanted == known.name:
        return Joined(known, changed=False)
    bearer = enterprises.by_names(work, [name_key(wanted)]).get(name_key(wanted))
    if bearer is not None and bearer.id != known.id and bearer.name_key == name_key(wanted):
        raise Refused(
            tr(
                "Enterprise {number} is called {name} already; if the two are one, merge them.",
                number=bearer.id,
                name=bearer.name,
            )
        )
    if name_key(wanted) != known.name_key:
        enterprises.keep_name(work, known.id, known.name, engine.today(work))
    enterprises.change(work, known.id, {"name": wanted, "name_key": name_key(wanted)})
    after = enterprises.get(work, known.id)
    changed = deciding.bring(of_everywhere(work, [known.id])[known.id], after, "renamed")
    deciding.tell("renamed", {"id": known.id, "before": known.name, "after": wanted})
    return Joined(after, changed)
