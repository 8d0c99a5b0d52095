"""How settings, list and copies are judged."""

from mirrorsel.doctor.files import Files, Listed, judge_files


def test_a_remedy_names_the_settings() -> None:
    """What is to be run looks at the same instance, whatever its path is."""
    listed = Listed(path="/l", errors=(), warnings=2, mirrors=9, instead="")
    seen = Files(settings="/srv/my mirrors.toml", refused=(), listed=listed, copies=())
    [one] = [each for each in judge_files(seen) if each.code == "list"]

    assert "`mirrorsel lint --config '/srv/my mirrors.toml'` shows them" == one.remedy
