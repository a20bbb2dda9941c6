"""The letters' part of config.yaml: who gets what, the digest, the sender and the relay."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from engine.sections import Name, Positive, Section, Text, TimeOfDay, matching, wrong
from engine.words import tr
from notifications.errors import AddressRefused
from notifications.mime.addresses import check_address

HOST = r"(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*"


def _read_address(text: str) -> str:
    try:
        return check_address(text)
    except AddressRefused:
        raise wrong(tr("a mail address such as office@example.org")) from None


Address = Annotated[str, AfterValidator(_read_address)]
Host = Annotated[str, matching(HOST, tr("the name of a host such as smtp.example.org"))]
Domain = Annotated[str, matching(rf"(?=.{{4,200}}$){HOST}\.[A-Za-z]{{2,}}", tr("a domain such as example.org"))]
Link = Annotated[str, matching(r"https?://[^\s]{1,190}", tr("an address such as https://lingpao.example.org"))]
Roles = tuple[Name, ...]


class ReceiversSection(Section):
    to: Annotated[Roles, Field(min_length=1)] = Field(description="Roles that get the letter.")
    cc: Roles = Field(default=(), description="Roles that get a copy.")
    everywhere: bool = Field(default=False, description="All districts, not only the one concerned.")


class DigestSection(Section):
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = Field(
        default="monday", description="Day on which the finished week is reported; on a day off the next working day."
    )
    at: TimeOfDay = Field(default="08:30", description="Time of day.")
    to: Annotated[Roles, Field(min_length=1)] = Field(description="Roles that get the digest.")
    empty_week: Literal["send", "skip"] = Field(default="send", description="What is done when nothing happened.")


class SenderSection(Section):
    name: Text = Field(description="Name of the sender.")
    address: Address = Field(description="Its address; replies go there.")


class RelaySection(Section):
    host: Host = Field(description="Where mail is handed in.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(default=465, description="Its port.")
    security: Literal["tls", "starttls", "none"] = Field(default="tls", description="How the connection is protected.")
    username: Text | None = Field(default=None, description="Login; the password is LINGPAO_SMTP_PASSWORD.")
    local_hostname: Host = Field(default="localhost", description="What this machine calls itself.")
    ca_file: Text | None = Field(default=None, description="Certificate of an authority of the house.")


class MailSection(Section):
    system: Text = Field(description="What the system calls itself in letters.")
    link: Link | None = Field(default=None, description="Address of the console; without it letters have no links.")
    sender: SenderSection = Field(description="Whom mails come from.")
    message_id_domain: Domain = Field(description="Domain in the numbers of mails.")
    relay: RelaySection = Field(description="The relay.")
    allow_plaintext: bool = Field(default=False, description="Whether mail may leave unprotected.")
    mails_per_connection: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=50, description="Mails on one connection before it is opened anew."
    )
    max_attempts: Annotated[int, Field(ge=1, le=100)] = Field(
        default=12, description="Attempts on one mail before a person is asked."
    )
    attachment_mb: Positive = Field(default=8, description="Largest mail, attachments included, in MB.")


class NotificationSettings(Section):
    """Keys at the top of config.yaml that letters and mail read."""

    letters: Annotated[Mapping[Name, ReceiversSection], Field(min_length=1)] = Field(
        description="Receivers of each letter: of the levels of ladders, and of those that steps send."
    )
    digest: DigestSection = Field(description="The weekly digest.")
    mail: MailSection = Field(description="How mail leaves the house.")


def letters_found() -> dict[str, frozenset[str]]:
    """The letters there are, with the locales each is written in."""
    home = files("notifications").joinpath("letters")
    folders = {letter.name: letter for letter in home.iterdir() if letter.is_dir() and not letter.name.startswith("_")}
    return {
        name: frozenset(locale.name for locale in letter.iterdir() if locale.is_dir())
        for name, letter in sorted(folders.items())
    }
