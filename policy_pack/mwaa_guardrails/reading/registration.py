"""What can be told of an environment while the engine registers it, before anything else of its outputs.

The resources that came before are known by their inputs alone: an id in them is a text, and no resource says
that it is its own. So an environment's subnets are what other resources say of the same ids, and what subnets
and tables say of themselves (their zones, their inline routes) is nobody's: a tag that names the environment
may stand on a subnet that it does not use.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from mwaa_guardrails.aws.ids import is_id
from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.reading import environments, route_tables
from mwaa_guardrails.reading.network import read_network
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.reading.spellings import as_aws
from mwaa_guardrails.reading.tags import OUR_KEYS, TagKeys

_TABLE: Final = "routeTableId"


def is_environment(registered: Resource) -> bool:
    """Tell whether a resource makes an environment."""
    return as_aws(registered).type == environments.ENVIRONMENT


def read_registration(
    registered: Resource, before: Iterable[Resource], keys: TagKeys = OUR_KEYS
) -> NetworkModel:
    """Return the model of what is known when an environment is registered, with that environment alone.

    Args:
        registered: The environment, with its inputs.
        before: The resources that the engine registered before it, with their inputs.
        keys: The keys of the tags that declare networks.
    """
    resources = (*before, registered)
    model = read_network((*resources, *_named_tables(resources)), keys)
    itself = tuple(each for each in model.environments if each.origin.urn == registered.urn)
    # Whether a subnet has no association, and so follows the main route table, shows only at the end.
    return replace(model, environments=itself, main_route_tables=())


def _named_tables(resources: Iterable[Resource]) -> Iterator[Resource]:
    """Yield a route table for each id under which an association names one; it stands for that table."""
    named: set[str] = set()
    for resource in map(as_aws, resources):
        if resource.type == route_tables.ASSOCIATION:
            id_ = resource.inputs.get(_TABLE)
            if isinstance(id_, str) and id_ not in named:
                named.add(id_)
                name = id_ if is_id(id_) else resource.name
                yield Resource(urn=resource.urn, type=route_tables.OWN, name=name, outputs={"id": id_})
