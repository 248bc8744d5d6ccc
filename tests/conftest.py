"""What every test may use."""

import os

import pytest

from local_cloud.paths import engine_store
from local_cloud.pulumi_engine import Engine, find_engine


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine that `make up` would use; one process at a time builds it."""
    return find_engine(engine_store(), os.environ)
