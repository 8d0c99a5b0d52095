"""Mails, sent by SMTP."""

import smtplib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from mirrorsel.config import Settings
from mirrorsel.errors import FetchError
from mirrorsel.net import Limits, plain
from mirrorsel.net.address import Resolver, resolve
from mirrorsel.net.deadline import Deadline
from mirrorsel.notify.failure import Failure
from mirrorsel.notify.smtp import Server, Session
from mirrorsel.secret import read_secret

# ValueError: what cannot be encoded for the server, such as a password.
_ERRORS = (smtplib.SMTPException, OSError, FetchError, ValueError)
_FIRST_FINAL = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mail server, with the name to log in with."""

    server: Server
    user: str = ""
    """Empty for no login."""
    password_file: Path = Path()

    @classmethod
    def of(cls, settings: Settings) -> "Account":
        """Return what the settings say."""
        notify = settings.notify
        return cls(
            server=Server(
                host=notify.smtp_host.strip("[]"),
                port=notify.smtp_port,
                security=notify.smtp_security,
            ),
            user=notify.smtp_user,
            password_file=settings.path(notify.smtp_password_file),
        )


def send_mails(
    account: Account,
    mails: Sequence[EmailMessage],
    limits: Limits,
    *,
    resolve: Resolver = resolve,
) -> tuple[Failure | None, ...]:
    """Send mails in one session; return what came of each, None where it went out.

    Where there is no session none goes out. A mail is refused for good where the
    server says so of its sender, receiver or text (RFC 5321, section 4.2.1).
    """
    with Deadline(limits.deadline) as deadline:
        try:
            session = Session(account.server, limits, deadline, resolve)
            _log_in(session, account)
        except _ERRORS as error:
            failure = Failure(words=_words(error, deadline))
            return tuple(failure for _ in mails)
        try:
            return tuple(_send_each(session, mails, deadline))
        finally:
            # What was sent is sent, however the server takes leave.
            with suppress(*_ERRORS):
                session.quit()
            session.close()


def _log_in(session: Session, account: Account) -> None:
    if not account.user:
        return
    try:
        session.login(account.user, _password(account.password_file))
    except _ERRORS:
        session.close()
        raise


def _password(path: Path) -> str:
    try:
        return read_secret(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ValueError(f"the password file {path} cannot be used: {reason}") from None


def _send_each(
    session: Session, mails: Sequence[EmailMessage], deadline: Deadline
) -> Iterator[Failure | None]:
    failure: Failure | None = None
    for mail in mails:
        # Where the session broke off, what broke it tells of the other mails too.
        if session.sock is not None:
            failure = _send(session, mail, deadline)
        yield failure


def _send(session: Session, mail: EmailMessage, deadline: Deadline) -> Failure | None:
    try:
        session.send_message(mail)
    except _ERRORS as error:
        return Failure(
            words=_words(error, deadline), final=_code(error) >= _FIRST_FINAL
        )
    return None


def _code(error: Exception) -> int:
    """Return the code of a refusal, 0 where it is none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _words(error: Exception, deadline: Deadline) -> str:
    """Return why something failed, fit to be logged."""
    try:
        deadline.check()
    except FetchError as over:
        error = over
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        refusals = error.recipients.values()
        return "; ".join(_refusal(code, text) for code, text in refusals)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refusal(error.smtp_code, error.smtp_error)
    if isinstance(error, FetchError):
        return error.detail
    reason = getattr(error, "verify_message", "") or getattr(error, "strerror", "")
    return plain(reason or str(error) or type(error).__name__)


def _refusal(code: int, text: bytes | str) -> str:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return plain(f"{code} {said}")
