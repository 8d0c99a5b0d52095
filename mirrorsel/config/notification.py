"""The section of the settings that says who is told of changes."""

from dataclasses import dataclass

from mirrorsel.setting import (
    choice,
    duration,
    flag,
    mailbox,
    mailboxes,
    setting,
    text,
    web_url,
    whole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifySettings:
    """The section `[notify]`: who is told when a mirror's state changes."""

    smtp_host: str = setting(text(), "", "The mail server; empty to send no mail.")
    smtp_port: int = setting(whole(1, 65535), 25, "Its port.")
    smtp_security: str = setting(
        choice("none", "starttls", "tls"),
        "none",
        "Whether mail goes over TLS: from the first byte (`tls`, usually at port 465),"
        " after a command (`starttls`, port 587), or not at all.",
    )
    smtp_user: str = setting(
        text(), "", "The name to log in with; empty for no login, which needs TLS."
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
        "The http or https URL to which each change is sent as JSON by POST; empty"
        " for none.",
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
        "How long changes are gathered before they are told in one message.",
    )
    per_hour: int = setting(
        whole(1, 1000),
        6,
        "How many messages one receiver gets in an hour at most; what comes beyond"
        " that is told in the next.",
    )
