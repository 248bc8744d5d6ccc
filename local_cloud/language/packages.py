"""What is installed where a program runs: the provider plugins that it needs, and all of its packages."""

import json
import os
import re
import subprocess
from typing import Any

from pulumi.runtime.proto.language_pb2 import DependencyInfo
from pulumi.runtime.proto.plugin_pb2 import PackageDependency

from local_cloud.language.virtualenv import Interpreter, UnusableRuntimeError

LIST_PLUGINS = """
import importlib.metadata, importlib.util, json, pathlib
found = []
for distribution in importlib.metadata.distributions():
    name = distribution.metadata["Name"]
    if not name.lower().replace("_", "-").startswith("pulumi-"):
        continue
    module = importlib.util.find_spec(name.replace("-", "_"))
    plugin = {}
    for folder in (module and module.submodule_search_locations) or ():
        described = pathlib.Path(folder, "pulumi-plugin.json")
        if described.is_file():
            plugin = json.loads(described.read_text())
    found.append([name, distribution.version, plugin])
print(json.dumps(found))
"""


def required_packages(interpreter: Interpreter) -> list[PackageDependency]:
    """The provider plugins behind the Pulumi packages that are installed."""
    needed = []
    for installed, version, plugin in _run(interpreter, "-c", LIST_PLUGINS):
        name = _canonical(installed)
        if plugin.get("resource") is False:
            continue  # Named like a provider's package, as the policy SDK is, but with no plugin behind it.
        of_plugin = plugin.get("version") or version
        if not re.fullmatch(r"v?\d+\.\d+\.\d+", of_plugin):
            continue  # The version of a pre-release's plugin cannot be told from the package's.
        needed.append(
            PackageDependency(
                name=plugin.get("name") or name.removeprefix("pulumi-"),
                version="v" + of_plugin.removeprefix("v"),
                kind="resource",
                server=plugin.get("server") or "",
            )
        )
    return needed


def installed_packages(interpreter: Interpreter, *, transitive: bool) -> list[DependencyInfo]:
    """The packages as pip lists them; without the transitive ones, only those that no other one needs."""
    chosen = () if transitive else ("--not-required",)
    listed = _run(interpreter, "-m", "pip", "list", "--format", "json", *chosen)
    return [
        DependencyInfo(name=_canonical(package["name"]), version=package["version"]) for package in listed
    ]


def python_version(interpreter: Interpreter) -> str:
    """The version of this Python, such as `3.11.7`."""
    return str(_run(interpreter, "-c", "import json, platform; print(json.dumps(platform.python_version()))"))


def _canonical(name: str) -> str:
    """The one spelling of a package's name: https://peps.python.org/pep-0503/#normalized-names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _run(interpreter: Interpreter, *arguments: str) -> Any:  # noqa: ANN401 - JSON of another process
    answer = subprocess.run(  # noqa: S603 - the user's own Python, with arguments of ours
        [interpreter.python, *arguments],
        env=interpreter.environment(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise UnusableRuntimeError(
            f"{interpreter.python} cannot tell what is installed:\n{answer.stderr.strip()}"
        )
    return json.loads(answer.stdout)
