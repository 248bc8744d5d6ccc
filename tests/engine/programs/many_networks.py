"""Networks of one stack, each in a VPC of its own; the name says what is wrong with it.

Its configuration names those that it makes, as `networks`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pulumi
import pulumi_aws as aws

ALL = "0.0.0.0/0"
INTERFACES = ("sqs", "logs", "monitoring", "kms")
S3 = "s3"
CLOSED = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:*", "Resource": "*"}]}
DAGS_ONLY = {
    "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::our-dags/*"},
        {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::our-dags"},
    ]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a network is built; left alone, it is right."""

    private: bool = False
    dns: bool = True
    zones: Sequence[str] = ("a", "b")
    denied_port: int | None = None
    inline_acl: bool = False
    self_rule: bool = True
    outbound: bool = True
    a_is_public: bool = False
    nat_routed: bool = True
    services: Sequence[str] = (*INTERFACES, S3)
    private_dns: bool = True
    endpoint_subnets: int = 2
    endpoint_policies: Mapping[str, Mapping[str, Any]] | None = None
    more_subnets: int = 0
    more_groups: int = 0
    declared: bool = False
    region: str = "eu-west-1"
    provider: aws.Provider | None = None


def network(name: str, choice: Choice) -> None:
    """Build a network, and an environment on it; or the tags that declare one."""
    options = pulumi.ResourceOptions(provider=choice.provider)
    tags = {"mwaa:environment": name} if choice.declared else {}

    vpc = aws.ec2.Vpc(
        name,
        cidr_block="10.0.0.0/16",
        enable_dns_hostnames=choice.dns,
        opts=options,
    )
    subnets = [
        aws.ec2.Subnet(
            f"{name}-{'abc'[number]}",
            vpc_id=vpc.id,
            cidr_block=f"10.0.{number}.0/24",
            availability_zone=f"{choice.region}{zone}",
            tags=tags,
            opts=options,
        )
        for number, zone in enumerate([*choice.zones, *"c" * choice.more_subnets])
    ]
    tables = [aws.ec2.RouteTable(f"{name}-{letter}", vpc_id=vpc.id, opts=options) for letter in "ab"]
    followed = tables
    if not choice.private:
        public = _way_out(name, choice, vpc, tables, options)
        followed = [public, tables[1]] if choice.a_is_public else tables
    for letter, subnet, table in zip("ab", subnets, followed, strict=False):
        aws.ec2.RouteTableAssociation(
            f"{name}-{letter}", subnet_id=subnet.id, route_table_id=table.id, opts=options
        )
    _network_acl(name, choice, vpc, subnets, options)
    group = aws.ec2.SecurityGroup(f"{name}-group", vpc_id=vpc.id, tags=tags, opts=options)
    for number in range(choice.more_groups):
        aws.ec2.SecurityGroup(f"{name}-group-{number}", vpc_id=vpc.id, tags=tags, opts=options)
    if choice.self_rule:
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-self",
            security_group_id=group.id,
            referenced_security_group_id=group.id,
            ip_protocol="-1",
            opts=options,
        )
    if choice.outbound:
        aws.vpc.SecurityGroupEgressRule(
            f"{name}-outbound", security_group_id=group.id, cidr_ipv4=ALL, ip_protocol="-1", opts=options
        )
    if choice.private:
        places: dict[str, list[pulumi.Input[str]]] = {
            "subnets": [subnet.id for subnet in subnets[:2]],
            "route tables": [table.id for table in tables],
            "groups": [group.id],
        }
        _endpoints(name, choice, vpc, places, options)
    if not choice.declared:
        aws.mwaa.Environment(
            name,
            name=name,
            airflow_version="2.10.3",
            dag_s3_path="dags/",
            execution_role_arn="arn:aws:iam::123456789012:role/airflow",
            source_bucket_arn="arn:aws:s3:::our-dags",
            network_configuration={
                "subnet_ids": [subnet.id for subnet in subnets],
                "security_group_ids": [group.id],
            },
            opts=options,
        )


def _way_out(
    name: str,
    choice: Choice,
    vpc: aws.ec2.Vpc,
    private: Sequence[aws.ec2.RouteTable],
    options: pulumi.ResourceOptions,
) -> aws.ec2.RouteTable:
    gateway = aws.ec2.InternetGateway(f"{name}-gateway", vpc_id=vpc.id, opts=options)
    public = aws.ec2.RouteTable(f"{name}-public", vpc_id=vpc.id, opts=options)
    aws.ec2.Route(
        f"{name}-public",
        route_table_id=public.id,
        destination_cidr_block=ALL,
        gateway_id=gateway.id,
        opts=options,
    )
    for number, (letter, zone, table) in enumerate(zip("ab", choice.zones, private, strict=True)):
        subnet = aws.ec2.Subnet(
            f"{name}-public-{letter}",
            vpc_id=vpc.id,
            cidr_block=f"10.0.{8 + number}.0/24",
            availability_zone=f"{choice.region}{zone}",
            opts=options,
        )
        if choice.nat_routed:
            aws.ec2.RouteTableAssociation(
                f"{name}-public-{letter}", subnet_id=subnet.id, route_table_id=public.id, opts=options
            )
        address = aws.ec2.Eip(f"{name}-{letter}", domain="vpc", opts=options)
        nat = aws.ec2.NatGateway(
            f"{name}-{letter}",
            subnet_id=subnet.id,
            allocation_id=address.id,
            opts=pulumi.ResourceOptions.merge(options, pulumi.ResourceOptions(depends_on=[gateway])),
        )
        aws.ec2.Route(
            f"{name}-{letter}",
            route_table_id=table.id,
            destination_cidr_block=ALL,
            nat_gateway_id=nat.id,
            opts=options,
        )
    return public


def _network_acl(
    name: str,
    choice: Choice,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    options: pulumi.ResourceOptions,
) -> None:
    if choice.denied_port is None:
        return
    ids = [subnet.id for subnet in subnets]
    denied: dict[str, Any] = {
        "protocol": "tcp",
        "from_port": choice.denied_port,
        "to_port": choice.denied_port,
        "cidr_block": ALL,
    }
    allowed: dict[str, Any] = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_block": ALL}
    if choice.inline_acl:
        lines: list[Any] = [
            {"rule_no": 90, "action": "deny", **denied},
            {"rule_no": 100, "action": "allow", **allowed},
        ]
        aws.ec2.NetworkAcl(name, vpc_id=vpc.id, subnet_ids=ids, ingress=lines, egress=lines[1:], opts=options)
        return
    acl = aws.ec2.NetworkAcl(name, vpc_id=vpc.id, subnet_ids=ids, opts=options)
    for number, action, line, egress in (
        (90, "deny", denied, False),
        (100, "allow", allowed, False),
        (100, "allow", allowed, True),
    ):
        aws.ec2.NetworkAclRule(
            f"{name}-{'out' if egress else 'in'}-{number}",
            network_acl_id=acl.id,
            rule_number=number,
            rule_action=action,
            egress=egress,
            opts=options,
            **line,
        )


def _endpoints(
    name: str,
    choice: Choice,
    vpc: aws.ec2.Vpc,
    places: Mapping[str, Sequence[pulumi.Input[str]]],
    options: pulumi.ResourceOptions,
) -> None:
    for service in choice.services:
        attached: dict[str, Any] = {
            "vpc_endpoint_type": "Gateway",
            "route_table_ids": places["route tables"],
        }
        if service != S3:
            attached = {
                "vpc_endpoint_type": "Interface",
                "private_dns_enabled": choice.private_dns,
                "subnet_ids": places["subnets"][: choice.endpoint_subnets],
                "security_group_ids": places["groups"],
            }
        policy = (choice.endpoint_policies or {}).get(service)
        aws.ec2.VpcEndpoint(
            f"{name}-{service}",
            vpc_id=vpc.id,
            service_name=f"com.amazonaws.{choice.region}.{service}",
            policy=None if policy is None else json.dumps(policy),
            opts=options,
            **attached,
        )


PUBLIC, PRIVATE = Choice(), Choice(private=True)
NETWORKS = {
    "right-public": PUBLIC,
    "right-private": PRIVATE,
    "acl-denies": replace(PRIVATE, denied_port=5432),
    "inline-acl-denies": replace(PRIVATE, denied_port=443, inline_acl=True),
    "no-self-rule": replace(PRIVATE, self_rule=False),
    "no-outbound-rule": replace(PRIVATE, outbound=False),
    "public-subnet": replace(PUBLIC, a_is_public=True),
    "nat-without-a-way-out": replace(PUBLIC, nat_routed=False),
    "three-subnets": replace(PRIVATE, more_subnets=1, declared=True),
    "six-groups": replace(PRIVATE, more_groups=5, declared=True),
    "one-zone": replace(PUBLIC, zones=("a", "a")),
    "no-kms": replace(PRIVATE, services=("sqs", "logs", "monitoring", S3)),
    "no-private-dns": replace(PRIVATE, private_dns=False),
    "no-dns-hostnames": replace(PRIVATE, dns=False, private_dns=False),
    "endpoints-in-one-subnet": replace(PRIVATE, endpoint_subnets=1),
    "endpoint-policy-denies": replace(PRIVATE, endpoint_policies={"sqs": CLOSED}),
    "s3-policy-without-images": replace(PRIVATE, endpoint_policies={S3: DAGS_ONLY}),
}


def build() -> None:
    """Build the networks, and one in another Region."""
    for name in pulumi.Config().require_object("networks"):
        network(name, NETWORKS[name])
    virginia = aws.Provider("virginia", region="us-east-1")
    network("in-virginia", replace(PRIVATE, region="us-east-1", provider=virginia))


if __name__ == "__main__":
    build()
