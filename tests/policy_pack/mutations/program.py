"""What this repository's own program makes, as a stack that a mutation can change.

The program runs once for each configuration, in a world without an engine. What it registers, checked as the
provider checks it, becomes `Made` resources that name one another; `test_program.py` holds that against what
the program told the engine of its dependencies.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final

import pulumi_aws as aws

from local_cloud.provider.check import Asked, ProviderSettings, check
from local_cloud.provider.schema import UnknownNameError
from mwaa_network import Network, read_settings
from tests.infra.programs import the_program
from tests.infra.world import IRELAND, Json, Registered, World
from tests.policy_pack.stacks import Applied, Made, Written, names_in, ref

BUCKET: Final = "our-dags"
ENVIRONMENT: Final = "Environment airflow"
PARENTS: Final = "mwaa-network:index:Network$"
_OUTPUTS: Final = {"allocation": "allocationId"}
_VIRGINIA: Final = {"use1-az1": "us-east-1a", "use1-az2": "us-east-1b", "use1-az3": "us-east-1c"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """A configuration of the program, in a Region.

    Attributes:
        name: What the table calls it.
        config: The configuration, as text by key.
        region: The Region.
        zones: Its zones, names by id.
    """

    name: str
    config: tuple[tuple[str, str], ...]
    region: str = "eu-west-1"
    zones: tuple[tuple[str, str], ...] = tuple(IRELAND.items())


PUBLIC: Final = Base(name="public", config=())
PRIVATE: Final = Base(name="private", config=(("routing", "private"),))
RESTRICTED: Final = Base(name="restricted", config=(("ingress", "restricted"),))
BUCKETS: Final = Base(
    name="private with named buckets",
    config=(("routing", "private"), ("s3EndpointBuckets", json.dumps([BUCKET]))),
)
VIRGINIA: Final = Base(
    name="public in us-east-1", config=(), region="us-east-1", zones=tuple(_VIRGINIA.items())
)
BASES: Final = (PUBLIC, PRIVATE, RESTRICTED, BUCKETS, VIRGINIA)


class Form(Enum):
    """How the program shows for whom its network is."""

    DECLARED = "by tags alone, as it is"
    WITH_ENVIRONMENT = "with an environment in the same stack that takes the network"


def _with_environment() -> None:
    """Make the network and the environment that takes it, in one stack."""
    network = Network("mwaa", read_settings().network)
    aws.mwaa.Environment(
        "airflow",
        network_configuration=network.network_configuration,
        dag_s3_path="dags",
        source_bucket_arn=f"arn:aws:s3:::{BUCKET}",
        execution_role_arn="arn:aws:iam::123456789012:role/airflow",
    )


@cache
def the_stack(base: Base, form: Form) -> tuple[Made, ...]:
    """Return what the program makes in one form.

    Every resource is labelled by its type and name, such as `Subnet mwaa-private-a`.
    """
    world = registered(base, form)
    ids = dict(_outputs_by_text(world))
    made = (_made(each, ids, base.region) for each in world.resources)
    return tuple(sorted(made, key=lambda each: each.key))


def registered(base: Base, form: Form) -> World:
    """Return the world in which the program has run."""
    world = World(region=base.region, zones=dict(base.zones))
    program: Callable[[], None] = the_program if form is Form.DECLARED else _with_environment
    world.run(program, config={f"mwaa-network:{key}": value for key, value in base.config})
    return world


def label_of(resource: Registered) -> str:
    """Return the label of a resource."""
    return f"{resource.type.rpartition(':')[2]} {resource.name}"


def _outputs_by_text(world: World) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the texts that stand for outputs in that world, with the label and the output each means."""
    for each in world.resources:
        label = label_of(each)
        yield f"{each.name}-{each.type.rpartition(':')[2].lower()}", (label, "id")
        if each.type.endswith(":Eip"):
            for ending, output in _OUTPUTS.items():
                yield f"{each.name}-{ending}", (label, output)


def _made(resource: Registered, ids: Mapping[str, tuple[str, str]], region: str) -> Made:
    inputs = _checked(resource, region)
    written = {key: _written(value, ids) for key, value in inputs.items()}
    if "networkConfiguration" in written:
        written["networkConfiguration"] = Applied(written["networkConfiguration"])
    return Made(
        type=resource.type,
        name=resource.name,
        inputs=written,
        label=label_of(resource),
        parents=PARENTS if resource.parent == "mwaa" else "",
        depends={
            key: tuple(label for label in labels if label not in names_in(written.get(key)))
            for key, labels in resource.property_dependencies.items()
        },
    )


def _checked(resource: Registered, region: str) -> Mapping[str, Json]:
    """Return the inputs as the engine shows them to a policy: after the provider's Check."""
    asked = Asked(token=resource.type, name=resource.name, seed=bytes(4), olds={}, news=dict(resource.inputs))
    try:
        inputs, failures = check(asked, ProviderSettings(region=region, default_tags={}))
    except UnknownNameError:
        return resource.inputs
    assert failures == []
    return {key: value for key, value in inputs.items() if not key.startswith("__")}


def _written(value: Json, ids: Mapping[str, tuple[str, str]]) -> Written:
    match value:
        case str() if value in ids:
            return ref(*ids[value])
        case bool() | int() | float() | str() | None:
            return value
        case list():
            return [_written(item, ids) for item in value]
        case Mapping():
            return {key: _written(item, ids) for key, item in value.items()}
        case _:
            raise TypeError(value)
