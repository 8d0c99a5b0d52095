"""Load on a URL, by wrk."""

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.files.plan import Plan

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_BAD = re.compile(r"Non-2xx or 3xx responses|Socket errors")
_TRIES = 30

_SCRIPT = """
math.randomseed(os.time())
local paths = {{}}
for line in io.lines("{names}") do paths[#paths + 1] = line end
local r = math.random
request = function()
    local headers = {{}}
    if {strangers} then
        headers["X-Forwarded-For"] = r(1, 223) .. "." .. r(0, 255) .. "." .. r(0, 255)
            .. "." .. r(255)
    end
    return wrk.format("GET", paths[r(#paths)], headers)
end
"""


def write_script(
    folder: Path, name: str, paths: Sequence[str], *, strangers: bool
) -> Path:
    """Write what wrk is to ask for.

    Args:
        folder: Where.
        name: What tells it from others there.
        paths: Of these, chance chooses one for each request.
        strangers: Whether each request is from another client, as a proxy says.

    """
    names, script = folder / f"{name}.paths", folder / f"{name}.lua"
    names.write_text("\n".join(paths))
    choice = {"names": names, "strangers": str(strangers).lower()}
    script.write_text(_SCRIPT.format(**choice))
    return script


def load(url: str, script: Path, plan: Plan) -> float:
    """Return the requests a second that a server answers; 0 where all time out."""
    command = ["wrk", f"-c{plan.connections}", f"-d{plan.seconds}s", "-t1"]
    done = subprocess.run(
        [*command, "-s", str(script), url], capture_output=True, text=True, check=True
    )
    rate = _RATE.search(done.stdout)
    if rate is None or _BAD.search(done.stdout):
        raise SystemExit(f"bench: {url} did not answer as it should:\n{done.stdout}")
    return float(rate[1])


def warm_up(url: str, script: Path, plan: Plan) -> None:
    """Load a server until it answers: each of its processes starts at its own pace."""
    for _ in range(_TRIES):
        if load(url, script, plan):
            load(url, script, plan)
            return
    raise SystemExit(f"bench: {url} does not answer")
