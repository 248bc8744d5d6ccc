"""All readers together: resources in, one model out."""

from collections.abc import Iterable

from mwaa_guardrails.aws.model import NetworkModel
from mwaa_guardrails.reading import (
    environments,
    network_acls,
    prefix_lists,
    route_tables,
    security_groups,
    vpc_endpoints,
    vpcs,
)
from mwaa_guardrails.reading.properties import Properties, properties_of
from mwaa_guardrails.reading.references import FAMILIES, link
from mwaa_guardrails.reading.regions import read_regions
from mwaa_guardrails.reading.resource import Resource
from mwaa_guardrails.reading.spellings import GENERIC, SPELLINGS, as_aws, is_template
from mwaa_guardrails.reading.tags import OUR_KEYS, TagKeys, read_default_tags

_TYPES = frozenset(
    {
        *FAMILIES,
        *vpc_endpoints.TYPES,
        environments.ENVIRONMENT,
        network_acls.ASSOCIATION,
        network_acls.ENTRY,
        prefix_lists.ENTRY,
        route_tables.ASSOCIATION,
        route_tables.MAIN,
        route_tables.PROPAGATION,
        route_tables.ROUTE,
        security_groups.EGRESS_RULE,
        security_groups.INGRESS_RULE,
        security_groups.RULE,
        security_groups.VPC_ASSOCIATION,
        vpcs.ATTACHMENT,
    }
)
READ_TYPES = _TYPES | GENERIC | {written for written, type_ in SPELLINGS.items() if type_ in _TYPES}


def is_read(resource: Resource) -> bool:
    """Tell whether a resource has a place in the model."""
    return as_aws(resource).type in _TYPES


def _is_vpc_by_id_alone(resource: Resource) -> bool:
    """Tell whether a resource is a VPC that the program only looks up.

    What such a VPC has by itself (main route table, default ACL and group, endpoints) is somebody else's and
    not at hand; so it lies outside, as in a preview, where the engine shows its id and nothing else. The
    engine does not say what is looked up: that has outputs and no inputs, while a VPC of one's own states a
    block or a pool.
    """
    stated_nothing = resource.registered and not resource.inputs
    return resource.type == vpcs.OWN_VPC and stated_nothing and bool(resource.outputs)


def read_network(resources: Iterable[Resource], keys: TagKeys = OUR_KEYS) -> NetworkModel:
    """Return the model of everything that resources of the types in `READ_TYPES` describe.

    Neither the order of the resources nor how they are spelled has a bearing on the model.

    Args:
        resources: The resources, in any order.
        keys: The keys of the tags that declare networks.
    """
    translated = map(as_aws, resources)
    ordered = sorted(
        (each for each in translated if not _is_vpc_by_id_alone(each)), key=lambda resource: resource.urn
    )
    links = link(ordered)
    regions = read_regions(ordered)
    grouped: dict[str, list[Properties]] = {type_: [] for type_ in _TYPES}
    for resource in ordered:
        if resource.type in _TYPES:
            grouped[resource.type].append(properties_of(resource))
    by_type = {type_: tuple(found) for type_, found in grouped.items()}
    templates = tuple(each for each in ordered if is_template(each))
    read_vpcs = vpcs.read_vpcs(by_type)
    origins = tuple(vpc.origin for vpc in read_vpcs.values())
    return NetworkModel(
        environments=environments.read_environments(
            by_type, links, regions, read_default_tags(ordered), keys
        ),
        vpcs=read_vpcs,
        subnets=vpcs.read_subnets(by_type, links, regions),
        route_tables=route_tables.read_route_tables(by_type, links, origins),
        network_acls=network_acls.read_network_acls(by_type, links, origins, templates),
        security_groups=security_groups.read_security_groups(by_type, links, origins),
        nat_gateways=vpcs.read_nat_gateways(by_type, links),
        internet_gateways=vpcs.read_internet_gateways(by_type, links),
        vpc_endpoints=vpc_endpoints.read_vpc_endpoints(by_type, links),
        route_table_associations=route_tables.read_route_table_associations(by_type, links),
        main_route_tables=route_tables.read_main_route_tables(by_type, links),
        network_acl_associations=network_acls.read_network_acl_associations(by_type, links),
        security_group_associations=security_groups.read_security_group_associations(by_type, links),
    )
