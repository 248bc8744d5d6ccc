"""Builds the Pulumi engine from its Go modules, pinned by `engine/go.sum`; takes minutes the first time."""

import hashlib
import platform
import re
import shutil
import subprocess
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from local_cloud.engine_version import OLDEST, Version, parse, spell
from local_cloud.errors import LocalCloudError
from local_cloud.paths import REPOSITORY
from local_cloud.progress import step

MODULE = REPOSITORY / "local_cloud" / "engine"
COMMAND = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
SDK = "github.com/pulumi/pulumi/sdk/v3"

OLDEST_GO = (1, 21)
"""From here on, Go fetches by itself the newer Go that go.mod names."""

LINES_OF_A_FAILURE = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What is built, and the name of the folder that keeps it."""

    version: Version
    key: str


def recipe() -> Recipe:
    """What the committed module files say to build.

    The key holds all that decides what is built and is known without Go: a machine that has lost its Go, or
    has a newer one, keeps its engine.
    """
    module = (MODULE / "go.mod").read_text()
    named = re.search(rf"^\s*{re.escape(SDK)} (\S+)", module, re.MULTILINE)
    version = parse(named[1]) if named else None
    if version is None:
        raise LocalCloudError(f"{MODULE / 'go.mod'} requires no version of {SDK}; restore the file from git.")
    machine = f"{platform.system()} {platform.machine()}"
    ingredients = "\n".join([machine, module, (MODULE / "go.sum").read_text()])
    digest = hashlib.sha256(ingredients.encode()).hexdigest()[:12]
    return Recipe(version=version, key=f"{spell(version)}-{digest}")


def build(recipe: Recipe, executable: Path, environment: Mapping[str, str]) -> None:
    """Build the engine at `executable`, which appears only when it is whole.

    Raises:
        LocalCloudError: There is no Go, it is too old, or the build fails; says what to do.
    """
    go = find_go(environment)
    executable.parent.mkdir(parents=True, exist_ok=True)
    unfinished = executable.with_name("pulumi.unfinished")
    log = executable.with_name("build.log")
    linked = f"-X {SDK}/go/common/version.Version={spell(recipe.version)}"
    command = [*build_command(go, linked), "-o", str(unfinished), COMMAND]
    try:
        with step(f"Building the Pulumi engine {spell(recipe.version)}, once (some five minutes)") as detail:
            failure = _run(command, environment, log, detail)
        if failure:
            raise LocalCloudError(
                f"The Pulumi engine could not be built. The last lines of {log}:\n{failure}\n"
                f"Instead of building it, install pulumi {spell(OLDEST)} or newer: "
                "https://www.pulumi.com/docs/install/"
            )
        unfinished.replace(executable)
    finally:
        unfinished.unlink(missing_ok=True)


def build_command(go: str, linked: str = "") -> list[str]:
    """The beginning of a command that builds with these modules, from what is compiled already if it can."""
    return [
        *(go, "build", "-v", "-mod=readonly", "-buildvcs=false", "-trimpath"),
        *("-tags", "osusergo,grpcnotrace"),
        *("-ldflags", f"-s -w {linked}".strip()),
    ]


def _run(
    command: list[str], environment: Mapping[str, str], log: Path, detail: Callable[[str], None]
) -> str | None:
    """Run the build, tell how far it is, and return the end of its log if it failed."""
    last: deque[str] = deque(maxlen=LINES_OF_A_FAILURE)
    downloads = packages = 0
    with (
        log.open("w") as kept,
        subprocess.Popen(  # noqa: S603 - the user's own Go, with arguments fixed above
            command,
            cwd=MODULE,
            env={**environment, "CGO_ENABLED": "0"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as building,
    ):
        for line in building.stdout or ():
            kept.write(line)
            last.append(line.rstrip())
            if line.startswith("go: downloading "):
                downloads += 1
                detail(f"{downloads} modules downloaded")
            else:
                packages += 1
                detail(f"{packages} packages compiled")
    return "\n".join(last) if building.returncode else None


def find_go(environment: Mapping[str, str]) -> str:
    """Return the Go on the PATH.

    Raises:
        LocalCloudError: There is none, or it is too old; says what to do.
    """
    go = shutil.which("go", path=environment.get("PATH", ""))
    if go is None:
        raise LocalCloudError(
            "The local cloud needs the Pulumi engine, and neither pulumi nor Go is on the PATH. "
            "Install either:\n"
            f"  pulumi {spell(OLDEST)} or newer: https://www.pulumi.com/docs/install/\n"
            f"  Go {OLDEST_GO[0]}.{OLDEST_GO[1]} or newer, from which the engine is built once "
            "(some five minutes): https://go.dev/doc/install"
        )
    told = subprocess.run(  # noqa: S603 - the user's own Go
        [go, "version"], env=dict(environment), capture_output=True, text=True, check=False
    ).stdout
    found = re.search(r"\bgo(\d+)\.(\d+)", told)
    if found and (int(found[1]), int(found[2])) < OLDEST_GO:
        raise LocalCloudError(
            f"{go} is {found[0]}; the engine needs Go {OLDEST_GO[0]}.{OLDEST_GO[1]} or newer "
            f"(https://go.dev/doc/install), or install pulumi {spell(OLDEST)} or newer instead "
            "(https://www.pulumi.com/docs/install/)."
        )
    return go
