"""A mirror's file, held against the published one."""

from urllib.parse import quote

from mirrorsel.checker.channel import Channel
from mirrorsel.checker.sample import Sample
from mirrorsel.errors import FetchError
from mirrorsel.model import Outcome
from mirrorsel.net import Fetched, Span, begins_as_page, plain
from mirrorsel.net.statuses import NOT_THERE

# What may stand in a path as it is (RFC 3986, section 3.3), but for the semicolon,
# which has a meaning in the paths of FTP (RFC 1738, section 3.2.2).
_SAFE = "/!$&'()*+,=:@"

Verdict = tuple[Outcome, str]
"""How a comparison ended, with a detail for a person."""


def compare(channel: Channel, base: str, sample: Sample, family: int) -> Verdict:
    """Compare a piece of a mirror's file with the published one.

    Args:
        channel: The way to the mirror.
        base: The mirror's base URL, ending in `/`.
        sample: The piece that it must have.
        family: The IP family over which it is asked.

    """
    url = base + quote(sample.path, safe=_SAFE)
    try:
        fetched = channel.fetch(
            url, family, span=Span(sample.start, len(sample.content))
        )
    except FetchError as error:
        verdict = _failure(error, sample)
    else:
        verdict = _judge(fetched, sample)
    outcome, detail = verdict
    return outcome, plain(f"{sample.path}: {detail}") if detail else ""


def _failure(error: FetchError, sample: Sample) -> Verdict:
    outcome = Outcome(error.outcome)
    if outcome is Outcome.STATUS and error.status in NOT_THERE:
        return Outcome.MISSING, error.detail
    if outcome is Outcome.SOFT_404 and begins_as_page(sample.content):
        # The published file is a page, though its name does not say so.
        return Outcome.OK, ""
    if outcome is Outcome.BAD_SIZE:
        return outcome, f"{error.detail}, not {sample.size}"
    return outcome, error.detail


def _judge(fetched: Fetched, sample: Sample) -> Verdict:
    if fetched.size not in {None, sample.size}:
        return Outcome.BAD_SIZE, f"{fetched.size} bytes, not {sample.size}"
    if not fetched.body and fetched.size == sample.size:
        # By rsync no part of a file is to be had, and its size has to do.
        return Outcome.OK, ""
    # Some servers send whole files only, of which this is the beginning.
    wanted = sample.content if fetched.start == sample.start else sample.head
    if len(fetched.body) < len(wanted):
        end = fetched.start + len(fetched.body)
        return Outcome.BAD_SIZE, f"{end} bytes, not {sample.size}"
    if not fetched.body.startswith(wanted):
        at = fetched.start + _difference(fetched.body, wanted)
        return Outcome.BAD_HASH, f"differs from byte {at} on"
    return Outcome.OK, ""


def _difference(body: bytes, wanted: bytes) -> int:
    pairs = enumerate(zip(body, wanted, strict=False))
    return next(at for at, (one, other) in pairs if one != other)
