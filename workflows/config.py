"""The campaigns' part of config.yaml: the bureau, the national platform, each campaign with its districts and days."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from engine.sections import Count, Day, MonthDay, Name, Positive, Section, Text, matching
from engine.words import tr

HOME: Final = Path(str(files("workflows")))
"""Where the campaign kinds lie."""

Url = Annotated[str, matching(r"https?://[^\s]{1,190}", tr("an address such as http://www.example.org"))]
Region = Annotated[str, matching(r"\d{6}", tr("a code of six digits such as '330203'"))]
Period = Annotated[str, matching(r"20\d\d(?:H1)?", tr("a period such as 2020H1, or '2020' for a whole year"))]


class ContactSection(Section):
    name: Text = Field(description="Whom to ask: an office, not a person.")
    phone: Text = Field(description="Its telephone.")


class BureauSection(Section):
    code: Name = Field(description="Short name; the root of the tree of organisations.")
    name: Text = Field(description="Full name, as on the letterhead.")
    short: Text = Field(description="Name in tables and sentences.")
    city: Text = Field(description="The city; lists may write it before the name of a district.")
    section: Text = Field(description="The section that signs working mails.")
    contact: ContactSection = Field(description="Whom districts ask.")


class PlatformSection(Section):
    name: Text = Field(description="Name of the national platform.")
    url: Url = Field(description="Its address, shown where something is to be uploaded.")


class DistrictSection(Section):
    code: Name = Field(description="Short name of the district in logins and commands.")
    name: Text = Field(description="Name as in Annex 1.")
    full_name: Text = Field(description="Name of its bureau or branch.")
    kind: Literal["district", "zone"] = Field(
        default="district", description="District, city or county; or functional zone."
    )
    gb2260: Region | None = Field(default=None, description="Code of GB/T 2260; zones have none.")
    quota: Count = Field(description="Enterprises asked for in this campaign (任务数).")
    aliases: tuple[Text, ...] = Field(
        default=(), description="Other names in lists; endings such as 区 or 市场监管局 are known."
    )
    valid_from: Day | None = Field(default=None, description="First day on which the district exists.")
    valid_to: Day | None = Field(default=None, description="Last day on which it exists.")


class ReportsSection(Section):
    days: Annotated[tuple[MonthDay, ...], Field(min_length=1)] = Field(
        description="Days of every year on which reports are due; the same as in the flow."
    )
    first_period: Period = Field(description="The first period reported.")
    opens_workdays_before: Positive = Field(
        default=15, description="Workdays before its day at which a report is opened."
    )


class CampaignSection(Section):
    key: Name = Field(description="Name of the campaign in commands and the database.")
    kind: Name = Field(description="Kind of campaign: a folder of `workflows/`.")
    title: Text = Field(description="Title of the campaign.")
    short: Text = Field(description="Short title; stands in the subjects of mails.")
    plan_title: Text = Field(description="Title of the plan that letters quote.")
    year: Annotated[int, Field(ge=2018, le=2100)] = Field(description="Year of the campaign.")
    opens: Day = Field(description="First day.")
    closes: Day = Field(description="Last day.")
    quota_mode: Literal["target", "cap"] = Field(
        default="target", description="Whether more than the quota is welcome."
    )
    quota_total: Count | None = Field(default=None, description="Sum of the quotas as the plan prints it; checked.")
    milestones: Mapping[Name, Day | None] = Field(description="The day of each milestone; null where there is none.")
    roll: Literal["none", "previous", "next"] = Field(
        default="none", description="Where a due day goes that is a day off."
    )
    due_inclusive: bool = Field(default=True, description="Whether the due day itself still counts.")
    reports: ReportsSection = Field(description="The half-yearly reports.")
    newcomer_workdays: Positive = Field(default=20, description="Workdays at least for an enterprise that joins late.")
    extend_beyond_close: bool = Field(
        default=False, description="Whether an extension may go beyond the last day of the campaign."
    )
    rework_workdays: Positive = Field(default=3, description="Workdays at least for what was sent back.")
    clusters: tuple[Text, ...] = Field(default=(), description="Industry clusters of the plan.")
    districts: Annotated[tuple[DistrictSection, ...], Field(min_length=1)] = Field(
        description="Districts in the order of Annex 1, which is the order of every table."
    )


class LimitsSection(Section):
    list_mb: Positive = Field(default=20, description="Largest list taken in, in MB.")
    unpacked_mb: Positive = Field(default=400, description="Most that its file may unpack to, in MB.")
    list_rows: Positive = Field(default=20_000, description="Most rows a list may have.")


class WorkflowSettings(Section):
    """Keys at the top of config.yaml that campaigns read."""

    bureau: BureauSection = Field(description="Who runs the campaigns.")
    platform: PlatformSection = Field(description="Where plans and results are uploaded.")
    campaigns: Annotated[tuple[CampaignSection, ...], Field(min_length=1)] = Field(
        description="Campaigns; each is taken over by `lingpao campaign apply`."
    )
    limits: LimitsSection = Field(default=LimitsSection(), description="How large what is sent in may be.")


def kinds(home: Path = HOME) -> tuple[str, ...]:
    """Campaign kinds: the folders of this package that hold flows."""
    folders = (folder for folder in home.iterdir() if folder.is_dir())
    return tuple(sorted(folder.name for folder in folders if flow_paths(folder.name, home)))


def flow_paths(kind: str, home: Path = HOME) -> tuple[Path, ...]:
    """The flow files of a campaign kind; a further flow is a further file."""
    return tuple(sorted(home.joinpath(kind).glob("*.yaml")))
