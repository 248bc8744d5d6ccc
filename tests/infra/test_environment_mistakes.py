"""Every mistake in an environment's choices is told: value, what is allowed, why, the nearest right value."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mwaa_guardrails.aws.model import Routing
from mwaa_network import ConfigurationError, NetworkArgs
from mwaa_network.environment import AccessMode
from tests.infra.environments import program
from tests.infra.world import World
from tests.policy_pack.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden" / "environment"
PRIVATE = NetworkArgs(routing=Routing.PRIVATE)
NAMED = NetworkArgs(s3_endpoint_buckets=["our-dags", "data"])


@dataclass(frozen=True, kw_only=True)
class Case:
    """Choices with mistakes, and the network they are for."""

    choices: dict[str, Any]
    network: NetworkArgs = field(default_factory=NetworkArgs)
    name: str = "mwaa"


def _case(network: NetworkArgs | None = None, **choices: Any) -> Case:  # noqa: ANN401 - wrong on purpose
    return Case(choices=choices, network=network or NetworkArgs())


MISTAKES = {
    "the name of its role would be too long": Case(choices={}, name=f"{'analytics' * 4}-prod-2"),
    "its name is none and too long": Case(choices={}, name="1" * 50),
    "the version has two numbers": _case(airflow_version="2.10"),
    "the version has a letter": _case(airflow_version="v3.2.1"),
    "the version is a number": _case(airflow_version=3),
    "a class is misspelt": _case(environment_class="mw1.samll"),
    "a class is like no other": _case(environment_class="large enough"),
    "a class is a number": _case(environment_class=1),
    "a mode is misspelt": _case(webserver_access_mode="PRIVATE"),
    "a mode is like no other": _case(webserver_access_mode="vpn"),
    "a mode is a list": _case(webserver_access_mode=["PUBLIC_ONLY"]),
    "a public web server without internet": _case(PRIVATE, webserver_access_mode=AccessMode.PUBLIC_ONLY),
    "a public web server of Airflow 3 without internet": _case(
        PRIVATE, webserver_access_mode=AccessMode.PUBLIC_ONLY, airflow_version="3.0.6"
    ),
    "a public web server of a version that takes both modes": _case(
        PRIVATE, webserver_access_mode=AccessMode.PUBLIC_ONLY, airflow_version="3.2.1"
    ),
    "both modes with a version before": _case(
        webserver_access_mode=AccessMode.PUBLIC_AND_PRIVATE, airflow_version="3.1.7"
    ),
    "both modes without a version": _case(PRIVATE, webserver_access_mode=AccessMode.PUBLIC_AND_PRIVATE),
    "a version that is wrong is held against no mode": _case(
        PRIVATE, webserver_access_mode=AccessMode.PUBLIC_ONLY, airflow_version="latest"
    ),
    "a bucket has forbidden characters": _case(bucket_name="Our_Dags"),
    "a bucket is an ARN": _case(bucket_name="arn:aws:s3:::our-dags"),
    "the S3 endpoint shuts the bucket out": _case(NAMED, bucket_name="our-dag"),
    "the S3 endpoint shuts a bucket out that is like no other": _case(NAMED, bucket_name="xyz"),
    "endpoint management is misspelt": _case(endpoint_management="costumer"),
    "endpoint management is a switch": _case(endpoint_management=True),
    "the key is an ARN": _case(customer_key="arn:aws:kms:eu-west-1:123456789012:key/1234abcd"),
    "logs are kept for a number of days that is not offered": _case(log_retention_days=100),
    "logs are kept for longer than is offered": _case(log_retention_days=10000),
    "logs are kept for no time": _case(log_retention_days=0),
    "logs are kept for words": _case(log_retention_days="a year"),
    "a tag belongs to aws": _case(tags={"aws:team": "data"}),
    "a name begins with a digit": Case(choices={}, name="2nd airflow"),
    "all mistakes are told at once": Case(
        choices={
            "airflow_version": "3",
            "environment_class": "mw1.huge",
            "webserver_access_mode": "public",
            "bucket_name": "Our Dags",
            "customer_key": 1,
            "log_retention_days": 6,
            "tags": ["team"],
        },
        name="our airflow",
    ),
}


@pytest.mark.parametrize("sentence", MISTAKES)
def test_a_mistake_is_told_and_nothing_of_the_environment_is_made(sentence: str) -> None:
    """The text is a golden file; AWS is asked nothing."""
    case = MISTAKES[sentence]
    world = World()
    with pytest.raises(ConfigurationError) as raised:
        world.run(program(case.network, name=case.name, **case.choices))
    assert_golden(GOLDEN / f"{sentence.replace(' ', '-')}.txt", str(raised.value))
    assert not [each for each in world.resources if each.type.startswith(("aws:mwaa", "aws:s3", "aws:iam"))]
    assert not [token for token, _, _ in world.calls if "CallerIdentity" in token]
