"""The console's part of config.yaml: where it listens, whom it believes, how much it takes."""

from typing import Annotated

from pydantic import Field

from engine.sections import Positive, Section, Text
from notifications.config import Link


class WebSection(Section):
    host: Text = Field(default="127.0.0.1", description="Address at which the console listens.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(default=8020, description="Its port; 0 takes a free one.")
    public: Link | None = Field(
        default=None, description="Address by which people reach the console, where that is another one."
    )
    proxies: tuple[Text, ...] = Field(
        default=(), description="Addresses of proxies whose word about the caller and https is taken."
    )
    upload_mb: Positive = Field(default=50, description="Largest upload, in MB.")
    requests_a_minute: Positive = Field(default=3000, description="Requests from one address, each minute.")
    changes_a_minute: Positive = Field(default=120, description="Changes by one account, each minute.")
    sign_ins_a_minute: Positive = Field(default=60, description="Attempts to sign in from one address, each minute.")
    site_code: Text | None = Field(default=None, description="Identification code of the site, shown below each page.")
    filing: tuple[Text, ...] = Field(default=(), description="Filing numbers, shown below each page.")


class ConsoleSettings(Section):
    """Keys at the top of config.yaml that the console reads."""

    web: WebSection = Field(default=WebSection(), description="The web console.")
