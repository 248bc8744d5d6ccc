"""How SARIF names the files of programs: from the folder of their project, or from the repository's root."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, TypeAlias
from urllib.parse import quote

from mwaa_audit.result import CodePosition, Place

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | bool | None"

_PROJECT_FILE: Final = "Pulumi.yaml"
# What GitHub and others call the root of the repository.
_REPOSITORY: Final = "%SRCROOT%"


@dataclass(frozen=True, slots=True)
class Files:
    """Names files.

    Attributes:
        folder: Where `Pulumi.yaml` lies, from the root of the repository; None where nobody says.
    """

    folder: PurePosixPath | None

    def bases(self, places: Iterable[Place]) -> Json:
        """Return the roots of all paths: one a project, or that of the repository."""
        if self.folder is not None:
            return {_REPOSITORY: {"description": {"text": "The root of the repository"}}}
        return {
            project: {"description": {"text": f"The folder of {_PROJECT_FILE} of the project {project}"}}
            for project in sorted({_project(each) for each in places})
        }

    def physical(self, place: Place, line: CodePosition | None) -> Json:
        """Return a line, or the first one of the project's file in place of none."""
        file = line.file if line else _PROJECT_FILE
        path = file if self.folder is None else (self.folder / file).as_posix()
        return {
            "artifactLocation": {
                # A lone surrogate is no character that a URI could hold.
                "uri": quote(path.encode("utf-8", "replace")),
                "uriBaseId": _project(place) if self.folder is None else _REPOSITORY,
            },
            "region": {"startLine": line.line if line else 1},
        }


def _project(place: Place) -> str:
    return place.stack.rpartition("/")[0] or "project"
