"""What httpd's configuration says, for the doctor to judge."""

from collections.abc import Iterable, Iterator

from mirrorsel.audit.directive import Directive, everywhere
from mirrorsel.doctor.server import Server
from mirrorsel.instance.seen.scene import Scene

_SUFFIX = "_module"


def see_server(scene: Scene) -> Server | None:
    """Return what it says; None where no httpd belongs to the instance here."""
    setup = scene.setup
    if setup is None:
        return None
    if setup.read is None:
        return Server(file="", missing=setup.missing)
    read = setup.read
    everything = tuple(everywhere(read.directives))
    modules = read.facts.modules
    return Server(
        file=str(read.path),
        refused=read.refused,
        doubts=(*(() if read.refused else read.doubts), *read.gaps),
        modules=modules and frozenset(one.removesuffix(_SUFFIX) for one in modules),
        proxies=any(one.name == "remoteipheader" for one in everything),
        script=str(scene.script),
        scripts=setup.scripts,
        executing=tuple(dict.fromkeys(_executing(everything))),
    )


def _executing(directives: Iterable[Directive]) -> Iterator[str]:
    for one in directives:
        words = {word.lower().removeprefix("+") for word in one.arguments}
        if one.name == "options" and words & {"execcgi", "all", "runscripts"}:
            yield str(one.place)
