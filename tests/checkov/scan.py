"""Runs the real Checkov on stacks, in both languages, and tells what it says."""

import json
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from local_cloud.paths import REPOSITORY
from mwaa_guardrails.reading.resource import Resource
from tests.checkov.cloudformation import Json, Template
from tests.checkov.terraform import address, terraform
from tools.scanners.objections import Configuration

CHECKOV: Final = REPOSITORY / ".local" / "checkov" / "bin" / "checkov"
"""`make scanner` puts it there, as `make test` does first."""


class Word(NamedTuple):
    """What Checkov says of one resource."""

    configuration: Configuration
    rule: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that Checkov says."""

    failed: frozenset[Word]
    passed: frozenset[Word]
    skipped: frozenset[Word]


CommentsOf = Callable[[str], Iterable[str]]
MetadataOf = Callable[[str], Json]


def write(
    folder: Path,
    stacks: Mapping[Configuration, Sequence[Resource]],
    comments_of: CommentsOf = lambda _: (),
    metadata_of: MetadataOf = lambda _: None,
) -> None:
    """Write each stack in both languages; what is asked for an address is written into the resource."""
    for configuration, resources in stacks.items():
        (folder / configuration.name).mkdir()
        comments = {address(each): comments_of(address(each)) for each in resources}
        (folder / configuration.name / "main.tf").write_text(terraform(resources, comments))
        if configuration is not Configuration.INLINE:
            template = Template(resources)
            metadata = {each: metadata_of(each) for each in template.addresses()}
            (folder / configuration.name / "template.json").write_text(template.text(metadata))


def scan(folder: Path) -> Report:
    """Run Checkov in a folder, with all of its rules, and with its settings file where there is one."""
    ran = subprocess.run(
        [
            *(CHECKOV, "--directory", ".", "--framework", "terraform", "cloudformation"),
            *("--output", "json", "--skip-download", "--soft-fail"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    reports = json.loads(ran.stdout)
    found = {
        outcome: frozenset(
            Word(Configuration[Path(each["file_path"]).parts[1]], each["check_id"], each["resource"])
            for report in reports
            for each in report["results"][f"{outcome}_checks"]
        )
        for outcome in ("failed", "passed", "skipped")
    }
    assert not any(report["results"]["parsing_errors"] for report in reports)
    return Report(**found)
