"""The command line of the local cloud: `python -m local_cloud COMMAND`; `make` calls it."""

import sys

import click

from local_cloud import commands
from local_cloud.errors import LocalCloudError
from local_cloud.paths import repository_places

FOR_THE_ENGINE = {"ignore_unknown_options": True}


@click.group(help="The real Pulumi engine on an AWS simulated by moto, on this machine alone.")
def cli() -> None:
    """Group the commands."""


@cli.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def up(options: tuple[str, ...]) -> None:
    """Build the network, judged by the policy pack; OPTIONS go to `pulumi up` (after `--`)."""
    sys.exit(commands.up(repository_places(), options))


@cli.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def preview(options: tuple[str, ...]) -> None:
    """Show what `up` would do; OPTIONS go to `pulumi preview` (after `--`)."""
    sys.exit(commands.preview(repository_places(), options))


@cli.command()
def down() -> None:
    """Destroy the network and stop the local AWS."""
    sys.exit(commands.down(repository_places()))


@cli.command()
def status() -> None:
    """Say what runs and what there is."""
    sys.exit(commands.status(repository_places()))


@cli.command()
def engine() -> None:
    """Find the Pulumi engine, or build it."""
    commands.engine()


@cli.command(context_settings=FOR_THE_ENGINE)
@click.argument("arguments", nargs=-1, required=True, type=click.UNPROCESSED)
def run(arguments: tuple[str, ...]) -> None:
    """Run `pulumi ARGUMENTS` on the local stack, such as `run -- stack export`."""
    sys.exit(commands.run(repository_places(), arguments))


def main() -> None:
    """Run the command line; what the user can mend is told without a traceback."""
    try:
        cli(prog_name="python -m local_cloud")
    except LocalCloudError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
