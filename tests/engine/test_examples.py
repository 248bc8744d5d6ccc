"""Each example runs on the local AWS with the pack on: nothing to find, and nothing is left of it."""

import shutil
from pathlib import Path

import pytest

from local_cloud.paths import REPOSITORY
from tests.engine.conftest import MakeWorkbench
from tests.engine.story import left_over
from tests.engine.workbench import POLICY_PACK, use_our_virtualenv

EXAMPLES = REPOSITORY / "examples"


def copy_of_example(name: str, folder: Path) -> Path:
    """A copy of an example, with what it takes from the repository beside it."""
    for part in ("infra", "policy_pack"):
        (folder / part).symlink_to(REPOSITORY / part, target_is_directory=True)
    project = folder / "examples" / name
    shutil.copytree(EXAMPLES / name, project, ignore=shutil.ignore_patterns("__pycache__"))
    use_our_virtualenv(project / "Pulumi.yaml")
    return project


@pytest.mark.parametrize("name", sorted(each.name for each in EXAMPLES.iterdir() if each.is_dir()))
def test_an_example_is_right_from_the_first_preview_to_the_end(
    name: str, make_workbench: MakeWorkbench, tmp_path: Path
) -> None:
    """Created, unchanged by a second update, and removed, without a word from the pack."""
    assert (EXAMPLES / name / "README.md").read_text().startswith("# ")
    bench = make_workbench(copy_of_example(name, tmp_path))
    previewed = bench.preview(policy_pack=POLICY_PACK)
    assert (previewed.code, previewed.violations) == (0, ()), previewed.output
    created = bench.up(policy_pack=POLICY_PACK)
    assert (created.code, created.violations) == (0, ()), created.output
    repeated = bench.up(policy_pack=POLICY_PACK)
    assert (set(repeated.changes), repeated.violations) == ({"same"}, ()), repeated.output
    destroyed = bench.destroy()
    assert destroyed.code == 0, destroyed.output
    assert left_over(bench) == []
