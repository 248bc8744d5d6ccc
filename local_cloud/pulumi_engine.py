"""Finds the real Pulumi engine: the user's own when it will do, else one built and kept here."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from local_cloud import engine_build, engine_version
from local_cloud.engine_version import Version
from local_cloud.errors import LocalCloudError
from local_cloud.locking import exclusive
from local_cloud.progress import say

CHOICE = "LOCAL_CLOUD_ENGINE"
"""The environment variable that forces where the engine comes from: `path` or `built`."""

LANGUAGE_PLUGIN = ("pulumi-language-python", "pulumi-language-python-exec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """An engine that runs and is new enough."""

    executable: Path
    version: Version
    origin: Literal["path", "built"]

    @property
    def has_language_plugin(self) -> bool:
        """Whether the official language plugin lies beside the engine, which then prefers it to ours."""
        folder = self.executable.resolve().parent
        return all(os.access(folder / name, os.X_OK) for name in LANGUAGE_PLUGIN)

    def __str__(self) -> str:
        """The engine for people to read."""
        where = "from the PATH" if self.origin == "path" else "built from its Go modules"
        return f"pulumi {engine_version.spell(self.version)}, {where} ({self.executable})"


def find_engine(store: Path, environment: Mapping[str, str]) -> Engine:
    """The engine to use; builds one into `store` when there is no other.

    Raises:
        LocalCloudError: No engine is at hand and none can be built, or the forced one will not do.
    """
    choice = environment.get(CHOICE, "")
    if choice not in {"", "path", "built"}:
        raise LocalCloudError(f"{CHOICE} is {choice!r}; it can be 'path', 'built', or not set at all.")
    why_not = ""
    if choice != "built":
        try:
            return _engine_on_path(environment)
        except ValueError as error:
            why_not = str(error)
    if choice == "path":
        raise LocalCloudError(f"{CHOICE} is 'path', but {why_not}.")
    return _built_engine(store, environment, why_not)


def _engine_on_path(environment: Mapping[str, str]) -> Engine:
    found = shutil.which("pulumi", path=environment.get("PATH", ""))
    if found is None:
        raise ValueError("there is no pulumi on the PATH")
    try:
        version = engine_version.ask(Path(found))
    except ValueError as error:
        raise ValueError(f"{found} will not do: {error}") from error
    if version < engine_version.OLDEST:
        raise ValueError(
            f"{found} is {engine_version.spell(version)}, "
            f"older than {engine_version.spell(engine_version.OLDEST)}"
        )
    return Engine(executable=Path(found), version=version, origin="path")


def _built_engine(store: Path, environment: Mapping[str, str], why_not: str) -> Engine:
    recipe = engine_build.recipe()
    executable = store / recipe.key / "pulumi"
    with exclusive(store / ".lock"):
        if executable.exists():
            try:
                return _checked(executable, recipe.version)
            except ValueError as error:
                say(f"The engine kept at {executable} will not do ({error}); it is built again.")
        elif why_not:
            say(f"No engine to use yet: {why_not}.")
        engine_build.build(recipe, executable, environment)
        try:
            return _checked(executable, recipe.version)
        except ValueError as error:
            raise LocalCloudError(f"The engine just built at {executable} will not do: {error}.") from error


def _checked(executable: Path, expected: Version) -> Engine:
    version = engine_version.ask(executable)
    if version != expected:
        raise ValueError(f"it is {engine_version.spell(version)}, not {engine_version.spell(expected)}")
    return Engine(executable=executable, version=version, origin="built")
