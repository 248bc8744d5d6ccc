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

READ_TYPES = frozenset(
    {
        *FAMILIES,
        *vpc_endpoints.TYPES,
        environments.ENVIRONMENT,
        network_acls.ASSOCIATION,
        network_acls.ENTRY,
        prefix_lists.ENTRY,
        route_tables.ASSOCIATION,
        route_tables.MAIN,
        route_tables.ROUTE,
        security_groups.EGRESS_RULE,
        security_groups.INGRESS_RULE,
        security_groups.RULE,
        security_groups.VPC_ASSOCIATION,
        vpcs.ATTACHMENT,
    }
)


def read_network(resources: Iterable[Resource]) -> NetworkModel:
    """Return the model of everything that resources of the types in `READ_TYPES` describe.

    The order of the resources has no bearing on the model.
    """
    ordered = sorted(resources, key=lambda resource: resource.urn)
    links = link(ordered)
    regions = read_regions(ordered)
    grouped: dict[str, list[Properties]] = {type_: [] for type_ in READ_TYPES}
    for resource in ordered:
        if resource.type in READ_TYPES:
            grouped[resource.type].append(properties_of(resource))
    by_type = {type_: tuple(found) for type_, found in grouped.items()}
    read_vpcs = vpcs.read_vpcs(by_type)
    origins = tuple(vpc.origin for vpc in read_vpcs.values())
    return NetworkModel(
        environments=environments.read_environments(by_type, links, regions),
        vpcs=read_vpcs,
        subnets=vpcs.read_subnets(by_type, links, regions),
        route_tables=route_tables.read_route_tables(by_type, links, origins),
        network_acls=network_acls.read_network_acls(by_type, links, origins),
        security_groups=security_groups.read_security_groups(by_type, links, origins),
        nat_gateways=vpcs.read_nat_gateways(by_type, links),
        internet_gateways=vpcs.read_internet_gateways(by_type, links),
        vpc_endpoints=vpc_endpoints.read_vpc_endpoints(by_type, links),
        route_table_associations=route_tables.read_route_table_associations(by_type, links),
        main_route_tables=route_tables.read_main_route_tables(by_type, links),
        network_acl_associations=network_acls.read_network_acl_associations(by_type, links),
        security_group_associations=security_groups.read_security_group_associations(by_type, links),
    )
