"""The whole of config.yaml as one frozen model, checked together with the flows it speaks of."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from console.accounts.config import AccountsSettings
from console.config import ConsoleSettings
from console.crosschecks import cross_findings
from engine.config import EngineSettings
from engine.faults import Fault, FaultsFound
from engine.flow import Flow
from engine.flowload import load_flows
from engine.ladder import Ladder
from engine.sections import Section, validated
from engine.yamlsource import Document, read_document
from notifications.config import NotificationSettings
from workflows.config import HOME, CampaignSection, WorkflowSettings, flow_paths, kinds

FILE = "config.yaml"


class Settings(AccountsSettings, ConsoleSettings, NotificationSettings, WorkflowSettings, EngineSettings):
    """Each package reads the part it knows; `model_dump(mode="json")` is the whole as plain JSON."""

    def campaign(self, key: str) -> CampaignSection:
        return next(campaign for campaign in self.campaigns if campaign.key == key)

    def campaign_body(self, key: str) -> dict[str, Any]:
        """The terms of a campaign as `lingpao campaign apply` stores them: its section and the ladders."""
        body = self.campaign(key).model_dump(mode="json")
        return {**body, "ladders": {name: ladder.model_dump(mode="json") for name, ladder in self.ladders.items()}}

    def ladder(self, name: str) -> Ladder:
        return self.ladders[name].ladder(name)


class Secrets(Section):
    """What must not stand in a file; `database_url` is used instead of `database` when it is set, `secret_key` seals
    what accounts must be able to read again.
    """

    smtp_password: SecretStr | None = None
    database_url: SecretStr | None = None
    secret_key: SecretStr | None = None
    oidc_client_secret: SecretStr | None = None


def load_settings(path: Path | str = FILE) -> Settings:
    """Read and check the configuration; refused with every fault of it and of the flows it needs."""
    settings, faults = inspect_settings(path)
    if settings is None:
        raise FaultsFound(faults)
    return settings


def inspect_settings(path: Path | str = FILE) -> tuple[Settings | None, tuple[Fault, ...]]:
    """The settings as far as they can be had, and every fault; for `lingpao doctor`, which goes on."""
    try:
        return inspect_document(read_document(Path(path)))
    except FaultsFound as refusal:
        return None, refusal.faults


def inspect_document(document: Document, home: Path = HOME) -> tuple[Settings | None, tuple[Fault, ...]]:
    """The same for a configuration that has been read already; `home` is where the campaign kinds lie."""
    faults = list(document.faults)
    flows: dict[str, tuple[Flow, ...]] = {}
    for kind in kinds(home):
        try:
            flows[kind] = flows_of(kind, home)
        except FaultsFound as refusal:
            flows[kind] = ()
            faults += refusal.faults
    settings, shape = validated(Settings, document.content)
    wrong = {finding.path for finding in shape}
    rules = [finding for finding in cross_findings(document.content, flows) if finding.path not in wrong]
    faults += [document.locate(finding) for finding in (*shape, *rules)]
    return settings if not faults else None, tuple(faults)


def read_secrets(environment: Mapping[str, str] = os.environ) -> Secrets:
    names = {name: f"LINGPAO_{name.upper()}" for name in Secrets.model_fields}
    return Secrets(**{key: SecretStr(environment[name]) for key, name in names.items() if environment.get(name)})


@cache
def flows_of(kind: str, home: Path = HOME) -> tuple[Flow, ...]:
    """The flows of a campaign kind as its files define them; who runs them checks their guards and letters too."""
    return load_flows(flow_paths(kind, home))
