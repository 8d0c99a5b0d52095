"""What it means when a server does not hand a database out."""

from http import HTTPStatus

from mirrorsel.answer import Answer
from mirrorsel.errors import SupplyError
from mirrorsel.net import begins_as_page, plain
from mirrorsel.supply.transfer import host_of
from mirrorsel.words import span

_MOST_DIGITS = 9


def refusal(answer: Answer, asked: str, edition: str, known: str) -> SupplyError:
    """Return what is told of an answer that is not the database.

    Args:
        answer: Of any status but 200.
        asked: The URL that was asked for, before any redirect.
        edition: What was asked for.
        known: Which editions there are, in words.

    """
    host = host_of(answer.url)
    words = f"{host} answers {answer.status}{_said(answer)}"
    if host != host_of(asked):
        return SupplyError(f"{words}, where {host_of(asked)} redirects to")
    advice = _advice(answer, edition, known)
    return SupplyError(f"{words}: {advice}" if advice else words)


def _advice(answer: Answer, edition: str, known: str) -> str:
    match answer.status:
        case HTTPStatus.UNAUTHORIZED:
            return (
                "the account or its licence key is wrong; compare `account_id` and"
                " `licence_key_file` with the maker's pages (a new key counts after"
                " some minutes)"
            )
        case HTTPStatus.FORBIDDEN:
            return f"this account or this machine may not have {edition}"
        case HTTPStatus.NOT_FOUND:
            return f"it has no edition {edition}; {known}"
        case HTTPStatus.TOO_MANY_REQUESTS:
            return f"it was asked too often; {_wait(answer)}"
    return ""


def _wait(answer: Answer) -> str:
    field = answer.headers.get("retry-after", "")
    # It may be a date as well (RFC 9110, section 10.2.3), which few servers send.
    if field.isascii() and field.isdigit() and len(field) <= _MOST_DIGITS:
        return f"try again in {span(int(field))}"
    return "try again tomorrow"


def _said(answer: Answer) -> str:
    """Return what the server says in a short text, in brackets."""
    if begins_as_page(answer.body):
        return ""
    said = plain(answer.body.decode(errors="replace"))
    return f" ({said})" if said else ""
