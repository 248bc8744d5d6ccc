"""A provider works in the Region of its configuration or of the environment, and in no other."""

from collections.abc import Mapping

import pytest
from pulumi.runtime.proto import provider_pb2

from local_cloud.provider.values import UNKNOWN, decode, encode
from tests.local_cloud.provider.client import ProviderClient, running_provider

REGION = "aws:index/getRegion:getRegion"
NO_REGION = (
    "Missing Region: the AWS provider looks for it in the stack's configuration "
    "(`pulumi config set aws:region eu-west-1`), in AWS_REGION and in AWS_DEFAULT_REGION."
)
NAMES = ("AWS_REGION", "AWS_DEFAULT_REGION")


@pytest.mark.parametrize(
    ("sentence", "configured", "environment", "region"),
    [
        ("the configuration's", "eu-west-1", {}, "eu-west-1"),
        (
            "the configuration's before that of the environment",
            "eu-west-1",
            {NAMES[0]: "us-east-1"},
            "eu-west-1",
        ),
        ("the environment's", None, {NAMES[0]: "eu-west-2"}, "eu-west-2"),
        ("the environment's other one", None, {NAMES[1]: "eu-west-3"}, "eu-west-3"),
        ("the first of the environment's", None, {NAMES[0]: "eu-west-2", NAMES[1]: "eu-west-3"}, "eu-west-2"),
    ],
)
def test_where_a_provider_finds_its_region(
    sentence: str,
    configured: str | None,
    environment: Mapping[str, str],
    region: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the genuine one looks for it, but for the files of a profile, which nothing local reads."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    config = {"region": configured}
    with running_provider("http://127.0.0.1:1", region=configured) as provider:
        assert _refused(provider, config) == [], sentence
        assert provider.invoke(REGION)["region"] == region, sentence


@pytest.mark.parametrize(
    ("sentence", "config", "refusals"),
    [
        (
            "no Region at all",
            {},
            [NO_REGION],
        ),
        ("one that another resource makes", {"region": UNKNOWN}, []),
    ],
)
def test_a_provider_without_a_region_is_refused(
    sentence: str, config: Mapping[str, object], refusals: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is looked up or made, so that what runs here runs on AWS."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with running_provider("http://127.0.0.1:1") as provider:
        assert _refused(provider, config) == refusals, sentence


def _refused(provider: ProviderClient, config: Mapping[str, object]) -> list[str]:
    answer = provider.stub.CheckConfig(provider_pb2.CheckRequest(news=encode(dict(config))))
    assert decode(answer.inputs) == config
    return [each.reason for each in answer.failures]
