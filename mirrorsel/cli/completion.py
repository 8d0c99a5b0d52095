"""`mirrorsel completion`: what makes shells complete its verbs and options."""

import click
from click.shell_completion import get_completion_class

from mirrorsel.cli.epilog import examples

_VARIABLE = "_MIRRORSEL_COMPLETE"


@click.command(
    "completion",
    epilog=examples(
        (
            "mirrorsel completion bash > /etc/bash_completion.d/mirrorsel",
            "for everybody who uses bash",
        ),
        (
            "mirrorsel completion zsh > /usr/local/share/zsh/site-functions/_mirrorsel",
            "for everybody who uses zsh",
        ),
        (
            "mirrorsel completion fish > ~/.config/fish/completions/mirrorsel.fish",
            "for yourself, in fish",
        ),
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the lines that make SHELL complete verbs, options and mirrors."""
    program = context.find_root()
    kind = get_completion_class(shell)
    if kind is None:
        raise click.BadParameter(f"There is no completion for {shell!r}.")
    made = kind(program.command, {}, program.info_name or "mirrorsel", _VARIABLE)
    click.echo(made.source())
