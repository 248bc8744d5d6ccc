"""Stacks of Pulumi Cloud, hosted by Pulumi or by oneself, through the user's own command line and login.

The command line runs in an empty folder, where no project and no stack is at hand: there a stack that it
lists is called `project/stack`, with its organization before where that is not the user's own default.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mwaa_audit.backends.backend import Listed
from mwaa_audit.engine import engine
from mwaa_audit.errors import AuditError

SCHEMES: Final = ("https", "http")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """The stacks of an organization.

    Attributes:
        url: Of Pulumi Cloud's API, as `pulumi login` takes it.
        organization: Whose stacks they are.
    """

    url: str
    organization: str

    @property
    def name(self) -> str:
        """What the user calls it."""
        return f"{self.url}/{self.organization}"

    @property
    def identity(self) -> str:
        """What tells it from any other place."""
        return self.name

    def states(self) -> Iterator[Listed]:
        """List the stacks; one that was updated meanwhile has another version."""
        told = self._asked("stack", "ls", "--all", "--json", "--organization", self.organization)
        try:
            stacks = [(self._full(each["name"]), each) for each in json.loads(told)]
        except (ValueError, TypeError, KeyError, AttributeError):
            raise AuditError(f"what pulumi lists of {self.name} is not what it is known to list") from None
        for stack, each in sorted(stacks, key=lambda pair: pair[0]):
            yield Listed(
                location=stack, version=each.get("lastUpdate", ""), locked=bool(each.get("updateInProgress"))
            )

    def content(self, location: str) -> bytes:
        """Read the state of a stack, as its export; secrets stay encrypted."""
        return self._asked("stack", "export", "--stack", location)

    def _full(self, stack: str) -> str:
        """Return a stack's name with its organization."""
        return stack if stack.count("/") > 1 else f"{self.organization}/{stack}"

    def _asked(self, *arguments: str) -> bytes:
        environment = {
            **os.environ,
            "PULUMI_BACKEND_URL": self.url,
            "PULUMI_SKIP_UPDATE_CHECK": "true",
        }
        with tempfile.TemporaryDirectory() as nowhere:
            ended = subprocess.run(  # noqa: S603 - the user's own command line
                [engine(), *arguments, "--non-interactive", "--color", "never"],
                cwd=nowhere,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        if ended.returncode:
            raise AuditError(f"pulumi {' '.join(arguments[:2])} failed: {_reason(ended.stderr)}")
        return ended.stdout


def open_cloud(url: str) -> Cloud:
    """Return the stacks of an organization at a URL: that of the API, then the organization.

    Raises:
        AuditError: The URL names no organization, or more.
    """
    parts = urlsplit(url)
    organization = parts.path.strip("/")
    if not parts.netloc or not organization or "/" in organization or parts.username is not None:
        raise AuditError(
            f"{parts.scheme}://{parts.hostname or ''}{parts.path} names no organization of Pulumi Cloud;"
            " write https://api.pulumi.com/ORGANIZATION, and sign in by `pulumi login` or PULUMI_ACCESS_TOKEN"
        )
    return Cloud(url=f"{parts.scheme}://{parts.netloc}", organization=organization)


def _reason(told: bytes) -> str:
    """Return what the command line calls an error; it quotes no state and no token."""
    lines = [line.strip() for line in told.decode(errors="replace").splitlines() if line.strip()]
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return " ".join(errors or lines[-1:]) or "it does not say why"
