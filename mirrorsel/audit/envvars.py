"""The variables of a Debian `envvars` file, read without running it."""

import re

_ASSIGNMENT = re.compile(r"\s*(?:export\s+)?(?P<name>[A-Za-z_]\w*)=(?P<value>\S*.*)")
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<plain>\w+))")
_CODE = re.compile(r"[`;&|<>()]")


def parse_envvars(text: str) -> dict[str, str]:
    """Return the variables that plain assignments give; all other lines are left out.

    Variables in values are replaced by what is known of them. The last of several
    assignments counts, as in a shell, whatever condition it stands in.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _ASSIGNMENT.fullmatch(line)
        if match is None or _CODE.search(match["value"]):
            continue
        value = match["value"].strip().strip("'\"")
        # A suffix is for a second server on one machine, which names its own.
        found[match["name"]] = (
            ""
            if match["name"] == "SUFFIX"
            else _VARIABLE.sub(
                lambda one: found.get(one["braced"] or one["plain"], ""), value
            )
        )
    return found
