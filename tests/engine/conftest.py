"""Fixtures for tests on the real engine."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from local_cloud.pulumi_engine import Engine
from tests.engine.workbench import Workbench, copy_of_repository, workbench

MakeWorkbench = Callable[[Path], Workbench]


@pytest.fixture(scope="module")
def make_workbench(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeWorkbench]:
    """Makes a workbench, with a local AWS of its own, for the project in a folder."""
    with ExitStack() as open_benches:

        def make(project: Path) -> Workbench:
            local = tmp_path_factory.mktemp("local")
            return open_benches.enter_context(workbench(project, local, engine))

        yield make


@pytest.fixture
def network_bench(make_workbench: MakeWorkbench, tmp_path: Path) -> Workbench:
    """A workbench with a copy of the repository's own project, which the test may spoil."""
    return make_workbench(copy_of_repository(tmp_path))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests on the engine."""
    folder = Path(__file__).parent
    for item in items:
        if folder in item.path.parents:
            item.add_marker("engine")
