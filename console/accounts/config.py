"""The part of config.yaml that says how people sign in: sessions, lock-out, links in mails, second factor, OIDC."""

from typing import Annotated

from pydantic import Field

from engine.sections import Name, Positive, Section, Text, matching
from engine.words import tr

Issuer = Annotated[
    str,
    matching(
        r"https://[^\s?#]{1,190}|http://(?:localhost|127\.0\.0\.1)(?::[0-9]{1,5})?(?:/[^\s?#]*)?",
        tr("an https address such as https://login.example.org"),
    ),
]


class SessionsSection(Section):
    idle_minutes: Positive = Field(default=120, description="After so many minutes without a page one is signed out.")
    hours: Annotated[int, Field(ge=1, le=720)] = Field(default=12, description="After so many hours in any case.")
    fresh_minutes: Positive = Field(
        default=15, description="How long a password counts as just entered, for what is not easily undone."
    )


class LockOutSection(Section):
    tries: Annotated[int, Field(ge=1, le=100)] = Field(default=5, description="Wrong passwords before one has to wait.")
    tries_per_address: Annotated[int, Field(ge=1, le=10_000)] = Field(
        default=30, description="The same for all accounts together from one address; offices share one."
    )
    first_seconds: Positive = Field(default=30, description="The first wait; each further wrong password doubles it.")
    longest_minutes: Annotated[int, Field(ge=1, le=1440)] = Field(default=60, description="The longest wait.")
    forget_hours: Annotated[int, Field(ge=1, le=720)] = Field(
        default=24, description="After so many quiet hours wrong passwords are forgotten."
    )


class LinksSection(Section):
    invitation_hours: Annotated[int, Field(ge=1, le=720)] = Field(
        default=72, description="How long an invitation is good for."
    )
    reset_minutes: Annotated[int, Field(ge=5, le=1440)] = Field(
        default=60, description="How long a link to set the password anew is good for."
    )
    sign_in_minutes: Annotated[int, Field(ge=5, le=1440)] = Field(
        default=30, description="How long a link that opens one page is good for."
    )
    sign_in: bool = Field(
        default=False, description="Whether people can have a link mailed that opens one page without their password."
    )


class OidcSection(Section):
    issuer: Issuer = Field(description="Address of the identity provider, as its own tokens name it.")
    client_id: Text = Field(description="Name of this installation there; its secret is LINGPAO_OIDC_CLIENT_SECRET.")
    name: Text = Field(default="OIDC", description="What people call the provider.")
    login_claim: Text = Field(default="preferred_username", description="Claim that holds the login.")
    scopes: tuple[Text, ...] = Field(default=("openid", "profile"), description="What is asked for.")
    factor_there: bool = Field(default=False, description="Whether the provider asks for the second factor.")


class AccountsSection(Section):
    sessions: SessionsSection = Field(default=SessionsSection(), description="How long one stays signed in.")
    lock_out: LockOutSection = Field(default=LockOutSection(), description="What slows guessing.")
    links: LinksSection = Field(default=LinksSection(), description="Links in mails.")
    second_factor_for: tuple[Name, ...] = Field(
        default=(), description="Roles that need a second factor; for all others it is their own choice."
    )
    token_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=365, description="How long a token of the interface can be good for at most."
    )
    oidc: OidcSection | None = Field(default=None, description="Signing in at an identity provider.")


class AccountsSettings(Section):
    """Keys at the top of config.yaml that accounts read."""

    accounts: AccountsSection = Field(default=AccountsSection(), description="How people sign in.")
