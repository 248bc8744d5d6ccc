"""Where everything local lies: one folder that git ignores, and nothing outside it."""

from dataclasses import dataclass
from pathlib import Path

from local_cloud.errors import LocalCloudError

REPOSITORY = Path(__file__).resolve().parent.parent
"""The folder that holds `local_cloud`; the plugins import it from here."""

STACK = "dev"
"""The name of the one stack that the local cloud runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders and files of one local workspace: a Pulumi project, and what is kept for it."""

    project: Path
    """The folder of `Pulumi.yaml`."""

    local: Path
    """The folder that holds everything the local cloud writes."""

    policy_pack: str = "policy_pack"
    """The policy pack, as seen from the project's folder."""

    variables: str = ""
    """What `make` is told beside a target to mean this workspace, such as ` EXAMPLE=public`."""

    @property
    def pulumi_home(self) -> Path:
        """What the engine takes for `~/.pulumi`."""
        return self.local / "pulumi"

    @property
    def stack(self) -> Path:
        """All that belongs to the stack; it is set aside as a whole when its AWS is gone."""
        return self.local / "stack"

    @property
    def backend(self) -> Path:
        """The engine's backend: the state of the stack."""
        return self.stack / "backend"

    @property
    def config(self) -> Path:
        """The local copy of the stack's configuration, which holds the salt that the engine writes."""
        return self.stack / f"Pulumi.{STACK}.yaml"

    @property
    def original_config(self) -> Path:
        """The configuration as the user keeps it; never written."""
        return self.project / f"Pulumi.{STACK}.yaml"

    @property
    def stack_instance(self) -> Path:
        """Names the instance of the local AWS that the stack was built on."""
        return self.stack / "aws-instance"

    @property
    def set_aside(self) -> Path:
        """Holds the stacks whose local AWS is gone, each under the time it was set aside."""
        return self.local / "set-aside"

    @property
    def aws(self) -> Path:
        """State and log of the local AWS's process."""
        return self.local / "aws"


def repository_places() -> Places:
    """The places of `make up`: the repository's own project and its `.local` folder."""
    return Places(project=REPOSITORY, local=REPOSITORY / ".local")


def example_places(name: str) -> Places:
    """The places of `make up EXAMPLE=name`: an example's project, and a folder of its own in `.local`.

    Raises:
        LocalCloudError: There is no such example.
    """
    names = sorted(each.parent.name for each in (REPOSITORY / "examples").glob("*/Pulumi.yaml"))
    if name not in names:
        raise LocalCloudError(f"There is no example {name!r}. There are: {', '.join(names)}.")
    return Places(
        project=REPOSITORY / "examples" / name,
        local=REPOSITORY / ".local" / "examples" / name,
        policy_pack="../../policy_pack",
        variables=f" EXAMPLE={name}",
    )


def engine_store() -> Path:
    """The folder of built engines; all workspaces of this repository share it."""
    return REPOSITORY / ".local" / "engine"
