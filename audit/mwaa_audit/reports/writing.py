"""Writes reports: each whole or not at all."""

import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

from mwaa_audit.errors import AuditError
from mwaa_audit.reports.formats import FORMATS, Format
from mwaa_audit.reports.sarif import sarif
from mwaa_audit.result import Result

STDOUT: Final = "-"


def check_targets(targets: Mapping[str, str]) -> None:
    """Refuse what could not be written later, before the work begins.

    Args:
        targets: The file that each option names; `-` is the standard output.
    """
    by_file: dict[str, str] = {}
    for option, file in targets.items():
        where = file if file == STDOUT else str(Path(file).absolute())
        if where in by_file:
            raise AuditError(f"--{by_file[where]} and --{option} name one file, {file}")
        by_file[where] = option
        if file != STDOUT and not Path(file).absolute().parent.is_dir():
            raise AuditError(f"--{option} {file}: there is no such folder")
        if Path(file).is_dir():
            raise AuditError(f"--{option} {file}: this is a folder")
        if file != STDOUT and not os.access(_touched(Path(file)), os.W_OK):
            raise AuditError(f"--{option} {file}: you may not write there")


def write_reports(
    result: Result,
    targets: Mapping[Format, str],
    stdout: Callable[[str], object],
    folder: PurePosixPath | None = None,
) -> None:
    """Write reports.

    All are made before any is written.

    Args:
        result: What an audit found.
        targets: The file of each report; `-` is the standard output.
        stdout: Writes to the standard output.
        folder: Where `Pulumi.yaml` lies, from the root of the repository, where a user says so.
    """
    made: Mapping[Format, Callable[[Result], str]] = {**FORMATS, Format.SARIF: partial(sarif, folder=folder)}
    write_texts({file: made[format_](result) for format_, file in targets.items()}, stdout)


def write_texts(texts: Mapping[str, str], stdout: Callable[[str], object]) -> None:
    """Write texts to their files; a file is replaced only once all of its successor is on the disk.

    Args:
        texts: What to write, by file; `-` is the standard output.
        stdout: Writes to the standard output.
    """
    for file, text in texts.items():
        if file == STDOUT:
            stdout(text)
            continue
        try:
            _write(Path(file), text)
        except OSError as error:
            raise AuditError(f"{file} cannot be written: {error.strerror}") from None


def _is_kept(file: Path) -> bool:
    """Tell whether it is a device or a pipe, which stays what it is."""
    return file.exists() and not file.is_file()


def _touched(file: Path) -> Path:
    """Return what must be writable: a file is put in the place of an older one in its folder."""
    return file if _is_kept(file) else file.resolve().parent


def _write(file: Path, text: str) -> None:
    if _is_kept(file):
        file.write_text(text, encoding="utf-8")
        return
    target = file.resolve()
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
