"""The section of the settings that says who is told of changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from mirrorsel.setting import (
    choice,
    duration,
    flag,
    host,
    mailbox,
    mailboxes,
    page_url,
    setting,
    text,
    web_url,
    whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """The section `[notify]`: who is told when a mirror's state changes."""

    smtp_host: str = setting(host(), "", "The mail server; empty to send no mail.")
    smtp_port: int = setting(whole(1, 65535), 25, "Its port.")
    smtp_security: str = setting(
        choice("none", "starttls", "tls"),
        "none",
        "Whether mail goes over TLS: from the first byte (`tls`, usually at port 465),"
        " after a command (`starttls`, port 587), or not at all. The server's"
        " certificate must be good for its name; mail never goes without TLS instead.",
    )
    smtp_user: str = setting(
        text(), "", "The name to log in with, which needs TLS; empty for no login."
    )
    smtp_password_file: str = setting(
        text(),
        "",
        "The file with the password for that name, for the checker's account alone.",
    )
    sender: str = setting(
        mailbox(), "", "The address that mail comes from; needed to send any."
    )
    operator: tuple[str, ...] = setting(
        mailboxes(), (), "The addresses that are told of every change of state."
    )
    contacts: bool = setting(
        flag(),
        default=False,
        description="Whether the contact of a mirror, as its line of the list has it,"
        " is told when the mirror is taken out of the choice and when it is back.",
    )
    webhook: str = setting(
        web_url(),
        "",
        "The http or https URL to which changes are sent as JSON by POST; empty for"
        " none.",
    )
    webhook_secret_file: str = setting(
        text(),
        "",
        "The file with a secret, for the checker's account alone, by which the"
        " receiver of the webhook can tell that a change comes from this checker.",
    )
    settle: float = setting(
        duration(0, 86400),
        "5m",
        "How long a change must have stood before it is told: a mirror that is back"
        " within that time is not told of, and what changes together is told in one"
        " message.",
    )
    per_hour: int = setting(
        whole(1, 1000),
        6,
        "How many messages one receiver gets in an hour at most; what comes beyond"
        " that is told in the next.",
    )
    status_url: str = setting(
        page_url(),
        "",
        "The public address of the status pages, to which messages lead; empty to"
        " name none.",
    )


def contradictions(settings: NotifySettings) -> Iterator[tuple[str, str]]:
    """Yield the settings that cannot be as they are, each with what is wrong."""
    mail = bool(settings.smtp_host)
    if mail and not settings.sender:
        yield "smtp_host", "`smtp_host` needs a `sender`"
    if settings.operator and not mail:
        yield "operator", "`operator` needs an `smtp_host`"
    if settings.contacts and not mail:
        yield "contacts", "`contacts` needs an `smtp_host`"
    if settings.smtp_user and not settings.smtp_password_file:
        yield "smtp_user", "`smtp_user` needs an `smtp_password_file`"
    if settings.smtp_password_file and not settings.smtp_user:
        yield "smtp_password_file", "`smtp_password_file` needs an `smtp_user`"
    if settings.smtp_user and settings.smtp_security == "none":
        message = '`smtp_user` needs TLS: set `smtp_security` to "starttls" or "tls"'
        yield "smtp_user", message
    if settings.webhook_secret_file and not settings.webhook:
        yield "webhook_secret_file", "`webhook_secret_file` needs a `webhook`"
