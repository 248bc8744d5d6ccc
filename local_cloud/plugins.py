"""Puts our plugins where the engine looks for them: under its PULUMI_HOME."""

import os
import shlex
import sys
from importlib.metadata import version
from pathlib import Path

from local_cloud.paths import REPOSITORY

LAUNCHER = REPOSITORY / "local_cloud" / "launch.py"


def install_plugins(pulumi_home: Path) -> None:
    """Install the language and the provider plugin as the engine names them, for this Python and this folder.

    The engine prefers a language plugin that lies beside itself: the official one, where there is one.
    """
    sdk = version("pulumi")
    provider = version("pulumi-aws")
    plugins = pulumi_home / "plugins"
    install_plugin(plugins / f"language-python-v{sdk}" / "pulumi-language-python", "local_cloud.language")
    install_plugin(plugins / f"resource-aws-v{provider}" / "pulumi-resource-aws", "local_cloud.provider")


def install_plugin(script: Path, module: str) -> None:
    """Write the script that starts a module of ours, if it is not there as it should be.

    `-I` keeps the user's PYTHONPATH out of the plugin; ours never enters the environment, where the user's
    program would inherit it.
    """
    command = shlex.join([sys.executable, "-I", str(LAUNCHER), module])
    text = f'#!/bin/sh\nexec {command} "$@"\n'
    if script.is_file() and script.read_text() == text and os.access(script, os.X_OK):
        return
    script.parent.mkdir(parents=True, exist_ok=True)
    unfinished = script.with_name(f"{script.name}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.chmod(0o755)
    unfinished.replace(script)
