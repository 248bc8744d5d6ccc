"""Options that several commands have, each declared once: typer reads them from a command's parameters."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated

import typer

SETTINGS = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="An administrator's settings; by default those of the policy pack."),
]
JSON = Annotated[str | None, typer.Option(metavar="FILE", help="Write JSON, by a schema of its own.")]
PROJECT_FOLDER = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Where Pulumi.yaml lies in the repository, such as infra; SARIF then tells files from its root.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """How stacks are judged, and when that is a failure."""

    settings: SETTINGS = None
    ignore_exemptions: Annotated[
        bool, typer.Option("--ignore-exemptions", help="Let every finding stand, whatever exempts it.")
    ] = False
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is known, and fails no more; only what is new does."),
    ] = None
    write_baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Write what is found; with `--baseline`, what of it is still there."
        ),
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="End with 2 when something cannot be known.")] = (
        False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Where reports are written; a field for each format, by its name."""

    sarif: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write SARIF 2.1.0, for code scanning.")
    ] = None
    junit: Annotated[str | None, typer.Option(metavar="FILE", help="Write JUnit XML, for test reports.")] = (
        None
    )
    json: JSON = None
    markdown: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write Markdown, for a comment; `-` is the standard output."),
    ] = None
    html: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write one page for a browser, offline.")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweeping:
    """What is read anew, and who works."""

    changed: Annotated[
        bool, typer.Option("--changed", help="Read only what changed since the last sweep.")
    ] = False
    index: Annotated[
        Path | None, typer.Option(help="Where to keep what is read; by default in your own folder.")
    ] = None
    jobs: Annotated[
        int | None, typer.Option(min=1, help="How many processes read and judge; by default one a core.")
    ] = None
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Work on the Dask cluster of this scheduler: tcp://HOST:PORT. Needs Dask.",
        ),
    ] = None


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in which each parameter that is one of these stands for all of its options."""
    signature = inspect.signature(command)
    groups = {name: each.annotation for name, each in signature.parameters.items() if _is_group(each)}
    parameters: list[inspect.Parameter] = []
    for name, each in signature.parameters.items():
        parameters += _options(groups[name]) if name in groups else [each]

    @wraps(command)
    def run(**given: object) -> None:
        taken = {
            name: group(**{each.name: given.pop(each.name) for each in fields(group)})
            for name, group in groups.items()
        }
        command(**given, **taken)

    run.__annotations__ = {each.name: each.annotation for each in parameters}
    vars(run)["__signature__"] = signature.replace(parameters=parameters)
    return run


def _is_group(parameter: inspect.Parameter) -> bool:
    return is_dataclass(parameter.annotation)


def _options(group: type) -> list[inspect.Parameter]:
    return [
        inspect.Parameter(
            each.name, inspect.Parameter.KEYWORD_ONLY, default=each.default, annotation=each.type
        )
        for each in fields(group)
    ]
