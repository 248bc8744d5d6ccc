"""A simulated AWS and a provider over it, one for each file of tests."""

from collections.abc import Iterator

import pytest

from tests.local_cloud.provider.client import ProviderClient, running_provider, simulated_aws


@pytest.fixture(scope="module")
def provider() -> Iterator[ProviderClient]:
    """A provider over a simulated AWS of its own, configured for a Region and default tags."""
    with simulated_aws() as endpoint, running_provider(endpoint) as client:
        yield client


@pytest.fixture(scope="module")
def provider_alone() -> Iterator[ProviderClient]:
    """A provider whose AWS does not answer: enough for Check, Diff and previews."""
    with running_provider("http://127.0.0.1:1") as client:
        yield client
