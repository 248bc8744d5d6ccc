"""VPCs, subnets, NAT gateways and the gateway endpoint of S3."""

from collections.abc import Iterable, Mapping

from mwaa_guardrails.aws.model import GatewayEndpoint, Inside, NatGateway, Reference, Subnet, Vpc
from mwaa_guardrails.net.intervals import IntervalSet
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, required
from mwaa_guardrails.reading.traffic import read_cidr
from mwaa_guardrails.unknown import Reason, Unknown

VPCS = ("aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc")
SUBNETS = ("aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet")
NAT_GATEWAY = "aws:ec2/natGateway:NatGateway"
VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
ENDPOINT_ASSOCIATION = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation"


def read_vpcs(by_type: Mapping[str, tuple[Properties, ...]]) -> dict[str, Vpc]:
    """Return every VPC under its URN."""
    return {
        properties.resource.urn: Vpc(origin=properties.origin, cidr=_cidr(properties))
        for type_ in VPCS
        for properties in by_type[type_]
    }


def read_subnets(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> dict[str, Subnet]:
    """Return every subnet under its URN."""
    return {
        properties.resource.urn: Subnet(
            origin=properties.origin,
            vpc=required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId"),
            cidr=_cidr(properties),
        )
        for type_ in SUBNETS
        for properties in by_type[type_]
    }


def read_nat_gateways(by_type: Mapping[str, tuple[Properties, ...]], links: Links) -> dict[str, NatGateway]:
    """Return every NAT gateway under its URN."""
    return {
        properties.resource.urn: NatGateway(
            origin=properties.origin,
            subnet=links.one(properties, "subnetId", Family.SUBNET),
            public=_is_public(properties),
        )
        for properties in by_type[NAT_GATEWAY]
    }


def read_gateway_endpoints(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links
) -> dict[str, GatewayEndpoint]:
    """Return every gateway endpoint that surely is one of S3, with the route tables it is put into."""
    return {
        properties.resource.urn: GatewayEndpoint(
            origin=properties.origin,
            vpc=required(links.one(properties, "vpcId", Family.VPC), properties, "vpcId"),
            route_tables=_route_tables(properties, by_type[ENDPOINT_ASSOCIATION], links),
        )
        for properties in by_type[VPC_ENDPOINT]
        if _is_gateway_of_s3(properties)
    }


def _route_tables(
    endpoint: Properties, associations: Iterable[Properties], links: Links
) -> tuple[Reference, ...] | Unknown:
    listed = links.many(endpoint, "routeTableIds", Family.ROUTE_TABLE)
    if isinstance(listed, Unknown):
        return listed
    itself = Inside(endpoint.resource.urn)
    return listed + tuple(
        required(links.one(each, "routeTableId", Family.ROUTE_TABLE), each, "routeTableId")
        for each in associations
        if links.one(each, "vpcEndpointId", Family.VPC_ENDPOINT) == itself
    )


def _cidr(properties: Properties) -> IntervalSet | Unknown:
    cidr = read_cidr(properties, "cidrBlock")
    return properties.unknown("cidrBlock", Reason.NOT_YET) if cidr is None else cidr


def _is_public(properties: Properties) -> bool | Unknown:
    kind = properties.text("connectivityType")
    return kind if isinstance(kind, Unknown) else kind != "private"


def _is_gateway_of_s3(properties: Properties) -> bool:
    kind = properties.text("vpcEndpointType") or "Gateway"
    service = properties.text("serviceName")
    return kind == "Gateway" and isinstance(service, str) and service.rpartition(".")[2] == "s3"
