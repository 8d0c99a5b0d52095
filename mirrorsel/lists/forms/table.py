"""All forms by their names."""

from collections.abc import Mapping
from types import MappingProxyType

from mirrorsel.lists.forms.asf import PUBLISHED, SOURCE
from mirrorsel.lists.forms.csv_form import CSV
from mirrorsel.lists.forms.form import Form
from mirrorsel.lists.forms.json_form import JSON
from mirrorsel.lists.forms.mirmon_forms import (
    MIRMON_APACHE,
    MIRMON_PLAIN,
    MIRMON_STATE,
)
from mirrorsel.lists.forms.mirrorbits_out import MIRRORBITS
from mirrorsel.lists.forms.mirrorbrain_out import MIRRORBRAIN

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        one.name: one
        for one in (
            *(SOURCE, PUBLISHED, CSV, JSON),
            *(MIRMON_STATE, MIRMON_PLAIN, MIRMON_APACHE),
            *(MIRRORBITS, MIRRORBRAIN),
        )
    }
)
