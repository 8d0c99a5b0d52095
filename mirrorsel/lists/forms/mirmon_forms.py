"""The forms of mirmon."""

from collections.abc import Container

from mirrorsel.lists.forms.fields import Field
from mirrorsel.lists.forms.form import Form, Sources, Taken, alone
from mirrorsel.lists.forms.mirmon import Style
from mirrorsel.lists.forms.mirmon_in import (
    mirrors_of_state,
    read_mirmon_list,
    read_mirmon_state,
)
from mirrorsel.lists.forms.mirmon_out import write_mirmon_list, write_mirmon_state


def _list_form(style: Style) -> Form:
    def read(sources: Sources, countries: Container[str] | None) -> Taken:
        (page,) = sources.pages
        return read_mirmon_list(page, style, countries)

    name = style.name.lower()
    return Form(
        name=f"mirmon-{name}",
        about=f"the form mirmon-{name}",
        holds=frozenset(
            {
                *(Field.COUNTRY, Field.BACKUP, Field.CONTACT),
                *(Field.ALONE, Field.ORDER),
            }
        ),
        read=read,
        write=alone(write_mirmon_list(style)),
    )


MIRMON_PLAIN = _list_form(Style.PLAIN)
MIRMON_APACHE = _list_form(Style.APACHE)
MIRMON_STATE = Form(
    name="mirmon",
    about="the state of mirmon",
    holds=frozenset({Field.STAMP, Field.STATE, Field.ALONE, Field.ORDER}),
    read=read_mirmon_state,
    write=alone(write_mirmon_state),
    reread=mirrors_of_state,
)
