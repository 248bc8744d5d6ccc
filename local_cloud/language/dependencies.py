"""Installs what a program or a plugin requires: a virtual environment, and its `requirements.txt`."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from pulumi.runtime.proto.language_pb2 import ProgramInfo

from local_cloud.language.virtualenv import UnusableRuntimeError, ambient_python, as_plugin, interpreter


def install_dependencies(info: ProgramInfo, *, is_plugin: bool = False) -> Iterator[bytes]:
    """Install, and yield what the programs that do it print.

    Raises:
        UnusableRuntimeError: One of them failed, or the runtime's options are not ours to serve.
    """
    info = as_plugin(info) if is_plugin else info
    root = Path(info.root_directory)
    virtualenv = dict(info.options).get("virtualenv")
    if isinstance(virtualenv, str) and not (root / virtualenv / "bin" / "python").is_file():
        yield from _told_by([ambient_python(), "-m", "venv", str(root / virtualenv)])
    python = interpreter(info).python
    requirements = root / "requirements.txt"
    if requirements.is_file():
        pip = ("-m", "pip", "install", "--no-input", "--progress-bar", "off", "--disable-pip-version-check")
        yield from _told_by([python, *pip, "-r", str(requirements)])


def _told_by(command: Sequence[str]) -> Iterator[bytes]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:  # noqa: S603 - the user's own Python
        yield from process.stdout or ()
    if process.returncode != 0:
        raise UnusableRuntimeError(f"{' '.join(command)} ended with code {process.returncode}.")
