"""The command line of the local cloud: `python -m local_cloud COMMAND`; `make` calls it."""

import sys

import click

from local_cloud import commands
from local_cloud.errors import LocalCloudError
from local_cloud.paths import Places, example_places, repository_places

FOR_THE_ENGINE = {"ignore_unknown_options": True}


@click.group(help="The real Pulumi engine on an AWS simulated by moto, on this machine alone.")
@click.option("--example", help="An example's project in place of the repository's own, such as public.")
@click.pass_context
def cli(context: click.Context, example: str | None) -> None:
    """Group the commands."""
    context.obj = example_places(example) if example else repository_places()


@cli.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def up(places: Places, options: tuple[str, ...]) -> None:
    """Build the network, judged by the policy pack; OPTIONS go to `pulumi up` (after `--`)."""
    sys.exit(commands.up(places, options))


@cli.command()
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def preview(places: Places, options: tuple[str, ...]) -> None:
    """Show what `up` would do; OPTIONS go to `pulumi preview` (after `--`)."""
    sys.exit(commands.preview(places, options))


@cli.command()
@click.pass_obj
def down(places: Places) -> None:
    """Destroy the network and stop the local AWS."""
    sys.exit(commands.down(places))


@cli.command()
@click.pass_obj
def status(places: Places) -> None:
    """Say what runs and what there is."""
    sys.exit(commands.status(places))


@cli.command()
def engine() -> None:
    """Find the Pulumi engine, or build it."""
    commands.engine()


@cli.command(context_settings=FOR_THE_ENGINE)
@click.argument("arguments", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_obj
def run(places: Places, arguments: tuple[str, ...]) -> None:
    """Run `pulumi ARGUMENTS` on the local stack, such as `run -- stack export`."""
    sys.exit(commands.run(places, arguments))


def main() -> None:
    """Run the command line; what the user can mend is told without a traceback."""
    try:
        cli(prog_name="python -m local_cloud")
    except LocalCloudError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
