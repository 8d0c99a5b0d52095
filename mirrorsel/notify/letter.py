"""A message as mail."""

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from mirrorsel.notify.digest import Digest


def letter(
    digest: Digest, *, sender: str, to: str, name: str, now: datetime
) -> EmailMessage:
    """Return a mail (RFC 5322) that no program answers (RFC 3834, section 5).

    Args:
        digest: What it says.
        sender: The address that it comes from.
        to: The address that it goes to.
        name: Like no other mail's; it becomes the Message-ID.
        now: The date.

    """
    mail = EmailMessage(SMTP)
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = digest.subject
    mail["Date"] = now
    mail["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(digest.text)
    return mail
