"""The section of the settings that steers the checker."""

from dataclasses import dataclass

from mirrorsel.setting import base_urls, duration, flag, setting, text, texts, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckerSettings:
    """The section `[checker]`: how mirrors are probed."""

    enabled: bool = setting(
        flag(),
        default=True,
        description="Whether this machine probes;"
        " `false` where the snapshot comes from elsewhere.",
    )
    period: float = setting(
        duration(1, 86400), "5m", "The time from one probe of a mirror to the next."
    )
    retry: float = setting(
        duration(1, 86400),
        "1m",
        "The same for a mirror whose last probe failed though it is not down, and"
        " for one that is coming back; where it is longer than `period`, `period`"
        " counts.",
    )
    dead_period: float = setting(
        duration(1, 7 * 86400),
        "1h",
        "The longest time between two probes of a mirror that is down: each failure"
        " doubles it, starting from `period`.",
    )
    timeout: float = setting(
        duration(0.1, 120), "10s", "How long a probe waits for each step of an answer."
    )
    deadline: float = setting(
        duration(0.1, 300), "20s", "How long a probe may take in all."
    )
    jobs: int = setting(whole(1, 200), 20, "How many mirrors are probed at once.")
    jobs_per_host: int = setting(
        whole(1, 20), 2, "How many mirrors of one host are probed at once."
    )
    canaries: tuple[str, ...] = setting(
        base_urls(),
        (),
        "Pages outside of this machine's own network that nearly always answer, best"
        " by https. They are asked only when mirrors fail: if none answers, the"
        " checker's own network may be to blame, see `freeze_share`.",
    )
    stamp: str = setting(
        text(),
        "zzz/time.txt",
        "The file below a mirror's base that holds its freshness stamp: one line,"
        " the time of the last change of the tree in seconds since 1970, a blank"
        " and a word.",
    )
    samples: tuple[str, ...] = setting(
        texts(),
        (
            "zzz/mirror-tests/1mb.img.tar.gz",
            "zzz/mirror-tests/1mb.img.tgz",
            "zzz/mirror-tests/1mb.img.bz2",
            "zzz/mirror-tests/1mb.img.7z",
            "zzz/mirror-tests/1mb.img.zip",
        ),
        "Files below a mirror's base, of which each probe compares one with the"
        " origin's, as far as the origin has them. Where `folder` of `[tree]` names"
        " the published tree, its own files are compared instead.",
    )
    private_addresses: bool = setting(
        flag(),
        default=False,
        description="Whether mirrors may have loopback, private or other addresses that"
        " are not public.",
    )
    vantage: str = setting(
        text(),
        "",
        "The name of this place in snapshots; empty for the machine's own name.",
    )
