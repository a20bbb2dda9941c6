"""The settings of the campaign, readable: what was applied, what the file says otherwise, and its faults."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from console.accounts.audit import disclose
from console.campaignview import FlowView, SettingsView, file_faults, settings_view
from console.letterwords import NAMES
from console.reporting import FLOW
from console.web.charts.flows import Diagram, diagram
from console.web.desk import AtDesk
from console.web.downloads import attachment
from console.web.menu import BUREAU, WORKING
from engine.faults import Fault
from engine.store import backup
from engine.words import Sentence
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

ROWS: Final = {ENTERPRISE: "/cases", FLOW: "/reports"}
"""Where the cases of a flow are listed by their states; lists of nominations stand with what they brought."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A flow and its picture."""

    view: FlowView
    picture: Diagram


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """`faults` are those of the file as it stands now; `file_known` says whether the console knows which it is."""

    as_of: datetime
    view: SettingsView
    flows: tuple[Drawn, ...]
    names: Mapping[str, Sentence]
    faults: tuple[Fault, ...]
    file_known: bool
    may_take: bool


@pages.get("/settings")
def show_settings(desk: AtDesk) -> Response:
    desk.only_for(*BUREAU)
    with desk.look() as work:
        view = settings_view(desk.house, work, desk.actor, desk.campaign)
    config = desk.serving.config
    page = SettingsPage(
        as_of=desk.now,
        view=view,
        flows=tuple(Drawn(one, diagram(one.flow, one.counts, ROWS.get(one.flow.name))) for one in view.flows),
        names=NAMES,
        faults=file_faults(config),
        file_known=config is not None,
        may_take=bool(desk.roles & WORKING),
    )
    return desk.page("settings/index.html", page)


@pages.get("/settings/configuration.json")
def take_settings(desk: AtDesk) -> Response:
    """What this console runs with, whole; JSON is YAML too, so that it can be put in the place of config.yaml."""
    desk.only_for(*WORKING)
    told = desk.house.settings.model_dump(mode="json") | {"database": backup.spoken(desk.house.settings.database)}
    with desk.work() as work:
        disclose(desk.accounts, work, desk.actor, "export", "configuration", rows=1, caller=desk.caller)
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    return attachment(f"lingpao-{desk.today.isoformat()}.json", content, "application/json")
