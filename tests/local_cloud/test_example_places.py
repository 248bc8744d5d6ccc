"""`make up EXAMPLE=name`: an example's project in place of the repository's own."""

import subprocess
import sys

import pytest

from local_cloud.errors import LocalCloudError
from local_cloud.paths import REPOSITORY, example_places, repository_places


def test_an_example_has_a_folder_of_its_own_for_what_is_local() -> None:
    """Its stack and its AWS are not those of the repository's own project."""
    places = example_places("public")
    assert places.project == REPOSITORY / "examples" / "public"
    assert places.local.parent == repository_places().local / "examples"
    assert (places.project / places.policy_pack).resolve() == REPOSITORY / "policy_pack"


def test_an_example_that_is_none_is_told_with_those_that_are() -> None:
    """Nothing is made under a misspelt name."""
    with pytest.raises(LocalCloudError, match=r"no example 'publik'\. There are: existing-vpc, hardened, "):
        example_places("publik")


def test_make_hands_the_example_on() -> None:
    """Each target that works on a stack does."""
    for target in ("up", "preview", "down", "status"):
        would = subprocess.run(
            ["make", "--dry-run", target, "EXAMPLE=public"],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        )
        assert f"-m local_cloud --example public {target}\n" in would.stdout


def test_the_command_line_takes_an_example() -> None:
    """Its status names its own folder."""
    told = subprocess.run(
        [sys.executable, "-m", "local_cloud", "--example", "public", "status"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"described in {example_places('public').local}" in told.stdout
