"""`mirrorsel doctor`: what is wrong with an instance, and what to do."""
import click
@click.command("doctor")
def command() -> None:
    """X."""
