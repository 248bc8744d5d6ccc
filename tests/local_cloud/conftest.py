"""Fixtures for tests of the language plugin."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from local_cloud.pulumi_engine import Engine
from tests.engine.workbench import Workbench, small_project, workbench
from tests.local_cloud.benches import BenchOf


@pytest.fixture(scope="module")
def bare_engine(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """The engine with no official language plugin beside it, which would run instead of ours."""
    if not engine.has_language_plugin:
        return engine
    alone = tmp_path_factory.mktemp("engine") / "pulumi"
    shutil.copy(engine.executable.resolve(), alone)
    return replace(engine, executable=alone)


@pytest.fixture
def bench_of(bare_engine: Engine, tmp_path: Path) -> Iterator[BenchOf]:
    """Makes a workbench, without AWS, for the text of a program."""
    with ExitStack() as benches:

        def bench(program: str) -> Workbench:
            project = small_project(tmp_path, program)
            return benches.enter_context(workbench(project, tmp_path / "local", bare_engine, with_aws=False))

        yield bench
