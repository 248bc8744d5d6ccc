"""The command line: `mwaa-audit COMMAND`."""

import hashlib
import os
import sys
import traceback
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Final

import typer
from typer.exceptions import TyperException

from mwaa_audit.backends import Backend, open_backend
from mwaa_audit.baselines import (
    Baseline,
    baseline_of,
    baseline_text,
    read_baseline,
    with_baseline,
    without_gone,
)
from mwaa_audit.checking import check
from mwaa_audit.criteria import Criteria, criteria_of
from mwaa_audit.errors import AuditError
from mwaa_audit.exit_codes import ExitCode, exit_code
from mwaa_audit.explaining import explain
from mwaa_audit.listing import (
    exemptions_json,
    exemptions_of,
    exemptions_summary,
    exemptions_table,
    list_exit_code,
)
from mwaa_audit.options import JSON, PROJECT_FOLDER, SETTINGS, Judging, Reports, Sweeping, with_options
from mwaa_audit.previewing import preview
from mwaa_audit.progress import progress, waiting
from mwaa_audit.reports import STDOUT, Format, check_targets, write_reports, write_texts
from mwaa_audit.result import Result
from mwaa_audit.sweep import Workers, opened, processes, sweep
from mwaa_audit.terminal import console, foreseen, show
from mwaa_audit.version import tool_version

NAME: Final = "mwaa-audit"
_DIGITS: Final = 16
_BASELINE: Final = "write-baseline"
_HELP: Final = """Judge the networks of Amazon MWAA environments in stacks that are there already.

Exit codes: 0 nothing must be mended; 1 violations of mandatory checks; 2 with `--strict`, something cannot be
known; 3 something could not be read, or no report written; 4 a defect of this tool.
"""

app = typer.Typer(
    name=NAME,
    help=_HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _version(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Say which release this is, and end.", is_eager=True)
    ] = False,
) -> None:
    if version:
        console().print(f"{NAME} {tool_version()}")
        raise typer.Exit


@app.command(name="check")
@with_options
def _check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="States and previews; `-` is the standard input.")
    ],
    *,
    judging: Judging,
    reports: Reports,
    project_folder: PROJECT_FOLDER = None,
) -> None:
    """Judge files: exported states, checkpoints of a backend, recorded previews. No engine is needed.

    Secrets stay closed. Each file is judged by itself; `sweep` judges the stacks of a backend together.

    For example:

    * `pulumi stack export | mwaa-audit check -`

    * `pulumi preview --json --show-sames > preview.json; mwaa-audit check preview.json`

    * `mwaa-audit check .pulumi/stacks/network/*.json`

    * `mwaa-audit check state.json --settings mwaa-guardrails.yaml`

    * `mwaa-audit check state.json --write-baseline baseline.yaml`
    """
    targets = _targets(reports, judging, project_folder)
    known = None if judging.baseline is None else read_baseline(judging.baseline)
    found = _known(check(files, sys.stdin.buffer.read, _criteria(judging)), known)
    raise typer.Exit(_tell(found, known, targets, everywhere=False, strict=judging.strict))


@app.command(name="preview")
@with_options
def _preview(
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="-- ARGUMENT...", help="What `pulumi preview` is to get.")
    ] = None,
    *,
    judging: Judging,
    reports: Reports,
    project_folder: PROJECT_FOLDER = None,
) -> None:
    """Run `pulumi preview` and judge what it foresees: the results of a policy pack, as reports.

    Everything after `--` goes to the engine. Name policy packs there as well, and they run, too; a mandatory
    policy that fails ends this with 1, whichever pack it is of.

    For example:

    * `mwaa-audit preview --markdown comment.md -- --stack dev`

    * `mwaa-audit preview --markdown - -- --stack dev --policy-pack policy_pack`

    * `mwaa-audit preview --sarif report.sarif --project-folder infra -- -C infra --stack dev`
    """
    targets = _targets(reports, judging, project_folder)
    known = None if judging.baseline is None else read_baseline(judging.baseline)
    criteria = _criteria(judging)
    with waiting("previewing"):
        previewed = preview(arguments or [], criteria)
    found = _known(previewed.result, known)
    code = _tell(found, known, targets, everywhere=False, strict=judging.strict)
    told = console(stderr=targets.take_the_output)
    told.print(foreseen(previewed.foreseen))
    if previewed.stopped_by:
        told.print(f"The engine stopped: {', '.join(previewed.stopped_by)}.")
    raise typer.Exit(ExitCode.FINDINGS if previewed.stopped_by and code is not ExitCode.INTERNAL else code)


@app.command(name="sweep")
@with_options
def _sweep(
    place: Annotated[
        str,
        typer.Argument(
            metavar="BACKEND",
            help="A folder, the URL of a backend as Pulumi takes it, or https://api.pulumi.com/ORGANIZATION.",
        ),
    ],
    *,
    sweeping: Sweeping,
    judging: Judging,
    reports: Reports,
) -> None:
    """Judge every stack of a backend, or of a folder of exports, as one: by the ids that AWS gave.

    An environment is judged with the subnets, routes and endpoints of other stacks. A state that cannot be
    read is listed. A sweep that ends early goes on where it was. Secrets stay closed.

    For example:

    * `mwaa-audit sweep file://~`

    * `mwaa-audit sweep exports/`

    * `mwaa-audit sweep 's3://states?region=eu-west-1' --changed`

    * `mwaa-audit sweep s3://states --settings policy/mwaa-guardrails.yaml --sarif report.sarif`

    * `mwaa-audit sweep s3://states --baseline baseline.yaml`

    * `mwaa-audit sweep https://api.pulumi.com/acme --changed --jobs 8`

    * `mwaa-audit sweep s3://states --scheduler tcp://dask.example.com:8786`
    """
    targets = _targets(reports, judging)
    known = None if judging.baseline is None else read_baseline(judging.baseline)
    criteria = _criteria(judging)
    found = _swept(open_backend(place), criteria, sweeping, known=known)
    raise typer.Exit(_tell(found, known, targets, everywhere=True, strict=judging.strict))


@app.command(name="exemptions")
@with_options
def _exemptions(
    place: Annotated[
        str | None,
        typer.Argument(
            metavar="BACKEND", help="What to sweep, to tell which of them are of use; as of `sweep`."
        ),
    ] = None,
    *,
    settings: SETTINGS = None,
    expiring: Annotated[
        int, typer.Option(min=0, metavar="DAYS", help="Tell what ends within so many days, too.")
    ] = 30,
    sweeping: Sweeping,
    json: JSON = None,
) -> None:
    """List what is exempt, why and until when; over the stacks of a backend, also what is of no use.

    Ends with 1 when an exemption has expired, ends within the days that are asked for, or fits in no stack.
    Tags of projects stand in their stacks, so they are listed over a backend only.

    For example:

    * `mwaa-audit exemptions`

    * `mwaa-audit exemptions --settings policy/mwaa-guardrails.yaml --expiring 60`

    * `mwaa-audit exemptions s3://states --changed --json exemptions.json`
    """
    targets: dict[str, str] = {} if json is None else {Format.JSON: json}
    check_targets(targets)
    criteria = criteria_of(settings)
    result = None if place is None else _swept(open_backend(place), criteria, sweeping, remembered=False)
    listed = exemptions_of(criteria, result, expiring=expiring)
    unwritten = None
    try:
        write_texts({file: exemptions_json(listed) for file in targets.values()}, sys.stdout.write)
    except AuditError as error:
        unwritten = error
    told = console(stderr=STDOUT in targets.values())
    table = exemptions_table(listed)
    if table is not None:
        told.print(table)
    told.print(exemptions_summary(listed))
    if unwritten:
        _say(unwritten)
    raise typer.Exit(list_exit_code(listed, unwritten=unwritten is not None))


def _workers(asked: Sweeping) -> AbstractContextManager[Workers]:
    if asked.scheduler is None:
        return processes(asked.jobs or os.cpu_count() or 1)
    try:
        from mwaa_audit.sweep.cluster import cluster  # noqa: PLC0415 - few have Dask, and it takes a second to load
    except ImportError:
        raise AuditError("--scheduler needs mwaa-guardrails[dask] installed") from None
    return cluster(asked.scheduler, asked.jobs)


def _swept(
    backend: Backend,
    criteria: Criteria,
    asked: Sweeping,
    *,
    known: Baseline | None = None,
    remembered: bool = True,
) -> Result:
    to_work = _workers(asked)
    with (
        opened(asked.index or _index_of(backend.identity)) as kept,
        to_work as workers,
        progress("stacks read", "networks judged") as tell,
    ):
        return sweep(
            backend,
            kept,
            workers,
            tell,
            criteria,
            changed_only=asked.changed,
            known=known,
            remembered=remembered,
        )


@app.command(name="explain")
def _explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of a check, or of a requirement.")],
) -> None:
    """Say what a check asks for, why and how to mend it; or what a sentence of AWS says, and who checks it.

    For example:

    * `mwaa-audit explain subnets-share-availability-zone`

    * `mwaa-audit explain subnets-exactly-two`
    """
    console().print(explain(name))


def _criteria(judging: Judging) -> Criteria:
    return criteria_of(judging.settings, ignore_exemptions=judging.ignore_exemptions)


@dataclass(frozen=True, slots=True)
class _Targets:
    """What is written.

    Attributes:
        files: Where each report, and the baseline, goes.
        folder: Where `Pulumi.yaml` lies, from the root of the repository, where a user says so.
    """

    files: Mapping[str, str]
    folder: PurePosixPath | None

    @property
    def take_the_output(self) -> bool:
        """Whether one of them goes to the standard output, which then is for nobody else."""
        return STDOUT in self.files.values()


def _targets(reports: Reports, judging: Judging, project_folder: Path | None = None) -> _Targets:
    """Return what is to be written; refuse what cannot be."""
    folder = _in_repository(project_folder)
    files: dict[str, str | None] = {each: getattr(reports, each) for each in Format}
    files[_BASELINE] = judging.write_baseline
    named = {option: file for option, file in files.items() if file is not None}
    check_targets(named)
    return _Targets(named, folder)


def _known(result: Result, known: Baseline | None) -> Result:
    """Return what was found in stacks that were judged one by one, with what a baseline knows."""
    return result if known is None else with_baseline(result, known, everywhere=False)


def _in_repository(folder: Path | None) -> PurePosixPath | None:
    """Return the folder of a project, from the root of its repository."""
    if folder is None:
        return None
    if folder.is_absolute() or ".." in folder.parts:
        raise AuditError(
            f"--project-folder {folder}: name a folder from the root of the repository, such as infra"
        )
    return PurePosixPath(folder.as_posix())


def _tell(
    result: Result, known: Baseline | None, targets: _Targets, *, everywhere: bool, strict: bool
) -> ExitCode:
    """Write the reports, then tell people, also what could not be written; return how the command ends.

    What is written to the standard output has it for itself.

    Args:
        result: What an audit found, with what the baseline knows.
        known: The baseline that is given.
        targets: What is written.
        everywhere: Whether all stacks were judged together; then they are not listed one by one.
        strict: Whether what cannot be known ends a pipeline.
    """
    unwritten = None
    try:
        if _BASELINE in targets.files:
            result = _recorded(result, known, targets.files[_BASELINE], everywhere=everywhere)
        reports = {format_: targets.files[format_] for format_ in Format if format_ in targets.files}
        write_reports(result, reports, sys.stdout.write, targets.folder)
    except AuditError as error:
        unwritten = error
    show(result, console(stderr=targets.take_the_output), every_stack=not everywhere)
    if unwritten:
        _say(unwritten)
    return exit_code(result, strict=strict, unwritten=unwritten is not None)


def _recorded(result: Result, known: Baseline | None, file: str, *, everywhere: bool) -> Result:
    """Write a baseline, of what is still there where one is given; return the result with what it knows."""
    kept = baseline_of(result, Path(file).name) if known is None else without_gone(known, result)
    write_texts({file: baseline_text(kept)}, sys.stdout.write)
    return with_baseline(result, kept, everywhere=everywhere) if known is None else result


def _say(error: AuditError) -> None:
    console(stderr=True).print(f"error: {error}")


def _index_of(identity: str) -> Path:
    # The name of a folder may be no UTF-8.
    digest = hashlib.sha256(identity.encode(errors="surrogateescape")).hexdigest()[:_DIGITS]
    return Path(typer.get_app_dir(NAME)) / f"{digest}.sqlite"


def main() -> None:
    """Run the command line; what the user can mend is told without a traceback."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run the command line with these arguments; return its exit code."""
    told = console(stderr=True)
    try:
        code = typer.main.get_command(app).main(arguments, prog_name=NAME, standalone_mode=False)
    except TyperException as error:
        told.print(f"error: {error.format_message()}")
        told.print(f"`{NAME} --help` lists what there is.")
        return ExitCode.UNREADABLE
    except AuditError as error:
        _say(error)
        return ExitCode.UNREADABLE
    except KeyboardInterrupt:
        code = ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - no traceback: it may quote what no terminal should see
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        told.print(f"error: {type(error).__name__} at {where}. This is a defect of {NAME}; please report it.")
        return ExitCode.INTERNAL
    if code == ExitCode.INTERRUPTED:
        told.print("interrupted")
    return int(code or ExitCode.CLEAN)
