"""What every test may use.

It also loads the AWS package before any test does. The package's module for EC2 warns, as soon as it is
loaded, of a resource that nobody here uses, and the tests take warnings for errors.
"""

import os
import warnings

import pulumi_aws
import pytest

from local_cloud.paths import engine_store
from local_cloud.pulumi_engine import Engine, find_engine

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"pulumi_aws\.ec2\..*")
    assert pulumi_aws.ec2.Vpc.__name__ == "Vpc"  # the package loads a module when something of it is used


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine that `make up` would use; one process at a time builds it."""
    return find_engine(engine_store(), os.environ)
