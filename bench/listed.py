"""A list of mirrors as they really are spread over the world."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from random import Random

from mirrorsel.geo.countries import Town, read_towns
from mirrorsel.model import listed_country

SHARES: Mapping[str, float] = {
    "us": 17,
    "de": 12,
    "fr": 6,
    "uk": 5,
    "cn": 5,
    "jp": 4,
    "nl": 4,
    "ru": 3.5,
    "br": 3.5,
    "ca": 3,
    "it": 3,
    "se": 2.5,
    "pl": 2.5,
    "au": 2.5,
    "in": 2.5,
    "es": 2,
    "ch": 2,
    "tw": 2,
    "cz": 2,
    "dk": 1.5,
    "at": 1.5,
    "fi": 1.5,
    "ua": 1.5,
    "kr": 1.5,
    "za": 1,
    "tr": 1,
    "id": 1,
    "sg": 1,
    "ro": 1,
    "hu": 1,
    "gr": 1,
    "bg": 1,
    "pt": 1,
    "be": 1,
    "no": 1,
    "ar": 0.7,
    "cl": 0.7,
    "nz": 0.7,
    "hk": 0.7,
    "il": 0.5,
    "mx": 0.5,
    "co": 0.5,
    "ke": 0.4,
    "th": 0.4,
    "vn": 0.4,
    "kz": 0.3,
}
"""How many of a hundred mirrors lie in a country: about as in the lists of large
projects, half of them in Europe, and none in most countries."""
LARGE = 200_000
"""The people of a town that is large enough for a mirror."""
_SEED = 2026


def lines(count: int) -> str:
    """Return the text of a list with so many mirrors, and a Backup.

    A longer list begins as a shorter one does.
    """
    made = (
        f"http {code} https://m{number}.{code}.example/apache/ -"
        f" lat={town.latitude:.4f} lon={town.longitude:.4f}\n"
        for number, (code, town) in zip(range(count), _places(), strict=False)
    )
    return "".join([*made, "http Backup https://backup.example/\n"])


def _places() -> Iterator[tuple[str, Town]]:
    """Yield countries with towns without end, always the same."""
    random, towns = Random(_SEED), _large_towns()
    codes = [code for code in SHARES if code in towns]
    steps = list(accumulate(SHARES[code] for code in codes))
    while True:
        code = codes[bisect(steps, random.random() * steps[-1])]
        yield code, _one(towns[code], random)


def _one(towns: Sequence[Town], random: Random) -> Town:
    """Draw a town by its people."""
    return random.choices(towns, weights=[one.population for one in towns])[0]


def _large_towns() -> Mapping[str, Sequence[Town]]:
    towns: defaultdict[str, list[Town]] = defaultdict(list)
    for one in read_towns():
        if one.population >= LARGE:
            towns[listed_country(one.countrycode)].append(one)
    return towns
