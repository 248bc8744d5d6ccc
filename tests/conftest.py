"""What every test may use.

It also loads the AWS package before any test does. The package's modules for EC2 and S3 warn, as soon as they
are loaded, of resources that nobody here uses, and the tests take warnings for errors.
"""

import os
import signal
import warnings

import pulumi_aws
import pytest
from hypothesis import settings

from local_cloud.paths import engine_store
from local_cloud.pulumi_engine import Engine, find_engine
from tests.seed import seed, told_seed

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"pulumi_aws\.(ec2|s3)\..*")
    # The package loads a module when something of it is used.
    assert (pulumi_aws.ec2.Vpc.__name__, pulumi_aws.s3.Bucket.__name__) == ("Vpc", "Bucket")

# How long an example takes tells how busy the machine is.
settings.register_profile("whatever-the-time", deadline=None)
settings.load_profile("whatever-the-time")


def pytest_configure(config: pytest.Config) -> None:
    """Have a seed before there are other processes, which collect the same tests by it.

    Hypothesis, whose own option wins, draws its examples by it too. And let interrupts be heard: a shell has
    what it runs in the background ignore them, and what that runs.
    """
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = seed()
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> str:
    """Tell by which seed this run draws what it tries of the many."""
    return told_seed()


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine that `make up` would use; one process at a time builds it."""
    return find_engine(engine_store(), os.environ)
