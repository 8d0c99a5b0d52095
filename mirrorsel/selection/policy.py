"""What an operator may decide about selection."""

from dataclasses import dataclass, field

from mirrorsel.setting import country, flag, number, places, setting, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A place where the network is not the map: whom its clients get first or last.

    A client matches when its country is `country` and, where an `asn` is given,
    its autonomous system is that one.
    """

    country: str = setting(
        country(), "", "The client's country; empty for clients of any country."
    )
    asn: int = setting(
        whole(0, 2**32 - 1), 0, "The client's autonomous system; 0 for any."
    )
    prefer: tuple[str, ...] = setting(
        places(),
        (),
        "Countries, or base URLs of mirrors, that come before all others.",
    )
    avoid: tuple[str, ...] = setting(
        places(), (), "Countries, or base URLs of mirrors, that come after all others."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The section `[selection]` of the settings."""

    country_penalty: float = setting(
        number(0, 20000),
        500,
        "Kilometres added to a mirror's cost when it is in another country than"
        " the client.",
    )
    continent_penalty: float = setting(
        number(0, 20000),
        2000,
        "Kilometres added, besides the country's, when it is on another continent.",
    )
    near_factor: float = setting(
        number(1, 10),
        1.25,
        "Mirrors are equals of the nearest one up to its cost times this factor,"
        " plus `near_km`.",
    )
    near_km: float = setting(
        number(0, 20000), 250, "Kilometres of the near set beyond `near_factor`."
    )
    allow_http: bool = setting(
        flag(),
        default=False,
        description="Whether a client that came by https may be sent to an http mirror;"
        " browsers block such downloads.",
    )
    override: tuple[Override, ...] = field(default=())
