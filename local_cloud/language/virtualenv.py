"""Which Python runs a program or a policy pack: the one of the virtual environment that its file names."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pulumi.runtime.proto.language_pb2 import ProgramInfo

_FILES: Final = ("Pulumi.yaml", "PulumiPolicy.yaml", "PulumiPlugin.yaml")
"""Those that name a runtime."""


class UnusableRuntimeError(Exception):
    """The runtime's options, or what they name, cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpreter:
    """A Python to run things with."""

    python: str
    folder: Path | None
    """The folder of the virtual environment, None for the Python on the PATH."""

    def environment(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The environment with the virtual one activated, as its `activate` script would do it."""
        if self.folder is None:
            return dict(environment)
        activated = {name: value for name, value in environment.items() if name != "PYTHONHOME"}
        programs = str(self.folder / "bin")
        activated["PATH"] = os.pathsep.join(part for part in (programs, environment.get("PATH")) if part)
        activated["VIRTUAL_ENV"] = str(self.folder)
        return activated


def interpreter(info: ProgramInfo) -> Interpreter:
    """The Python for what lies in the root directory of `info`.

    The option `virtualenv` is a folder, and a relative one starts at the file that holds the option.

    Raises:
        UnusableRuntimeError: An option is not ours to serve, or the virtual environment is missing.
    """
    options = dict(info.options)
    toolchain = options.get("toolchain") or "pip"
    if toolchain != "pip":
        raise UnusableRuntimeError(
            f"The runtime option `toolchain` is {toolchain!r}; the local language plugin knows only 'pip'. "
            "Install pulumi for the others: https://www.pulumi.com/docs/install/"
        )
    if options.get("typechecker"):
        raise UnusableRuntimeError(
            f"The runtime option `typechecker` is {options['typechecker']!r}; the local language plugin runs "
            "no type checker. Leave the option out, or install pulumi: https://www.pulumi.com/docs/install/"
        )
    virtualenv = options.get("virtualenv")
    if not virtualenv:
        return Interpreter(python=ambient_python(), folder=None)
    if not isinstance(virtualenv, str):
        raise UnusableRuntimeError(f"The runtime option `virtualenv` is {virtualenv!r}; it must be a folder.")
    root = Path(info.root_directory)
    folder = root / virtualenv
    python = folder / "bin" / "python"
    if not python.is_file():
        raise UnusableRuntimeError(_no_virtualenv(root, virtualenv, folder))
    return Interpreter(python=str(python), folder=folder)


def as_plugin(info: ProgramInfo) -> ProgramInfo:
    """Return `info` with the virtual environment that a plugin has which names none: never Python's own."""
    described = ProgramInfo()
    described.CopyFrom(info)
    if not dict(info.options).get("virtualenv"):
        described.options["virtualenv"] = "venv"
    return described


def ambient_python() -> str:
    """Return the Python on the PATH.

    Raises:
        UnusableRuntimeError: There is none.
    """
    wanted = os.environ.get("PULUMI_PYTHON_CMD")
    for name in (wanted,) if wanted else ("python3", "python"):
        found = shutil.which(name)
        if found:
            return found
    raise UnusableRuntimeError(f"There is no {wanted or 'python3'} on the PATH to run the program with.")


def _no_virtualenv(root: Path, virtualenv: str, folder: Path) -> str:
    named_in = next((name for name in _FILES if (root / name).is_file()), "")
    what = "holds no bin/python" if folder.exists() else "does not exist"
    return (
        f"The virtual environment {folder} {what}; {named_in or 'the runtime'} names it "
        f"(`virtualenv: {virtualenv}`). Make it with:\n"
        f"  python3 -m venv {folder}\n"
        f"  {folder / 'bin' / 'python'} -m pip install -r {root / 'requirements.txt'}"
    )
