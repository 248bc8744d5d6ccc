"""What the examples have in common: the parts of a right network that an example is not about."""

from collections.abc import Sequence

import pulumi_aws as aws

REGION = "eu-west-1"
ZONES = ("eu-west-1a", "eu-west-1b")
EVERYWHERE = "0.0.0.0/0"


def vpc(name: str = "vpc") -> aws.ec2.Vpc:
    """Make a VPC that resolves the names of endpoints."""
    return aws.ec2.Vpc(name, cidr_block="10.0.0.0/16", enable_dns_support=True, enable_dns_hostnames=True)


def private_subnets(vpc: aws.ec2.Vpc) -> list[aws.ec2.Subnet]:
    """Make two subnets, in two zones."""
    return [
        aws.ec2.Subnet(f"private-{zone[-1]}", vpc_id=vpc.id, cidr_block=block, availability_zone=zone)
        for zone, block in zip(ZONES, ("10.0.0.0/24", "10.0.1.0/24"), strict=True)
    ]


def route_table(name: str, vpc: aws.ec2.Vpc, subnets: Sequence[aws.ec2.Subnet]) -> aws.ec2.RouteTable:
    """Make a route table with local routes alone, for these subnets."""
    table = aws.ec2.RouteTable(name, vpc_id=vpc.id)
    for number, subnet in enumerate(subnets):
        aws.ec2.RouteTableAssociation(f"{name}-{number}", route_table_id=table.id, subnet_id=subnet.id)
    return table


def public_subnets(vpc: aws.ec2.Vpc) -> list[aws.ec2.Subnet]:
    """Make two subnets that lead to an internet gateway, in two zones."""
    subnets = [
        aws.ec2.Subnet(f"public-{zone[-1]}", vpc_id=vpc.id, cidr_block=block, availability_zone=zone)
        for zone, block in zip(ZONES, ("10.0.2.0/24", "10.0.3.0/24"), strict=True)
    ]
    gateway = aws.ec2.InternetGateway("internet-gateway", vpc_id=vpc.id)
    table = route_table("public", vpc, subnets)
    aws.ec2.Route(
        "public-to-internet",
        route_table_id=table.id,
        destination_cidr_block=EVERYWHERE,
        gateway_id=gateway.id,
    )
    return subnets


def nat_gateway(subnet: aws.ec2.Subnet) -> aws.ec2.NatGateway:
    """Make a NAT gateway in a subnet."""
    address = aws.ec2.Eip("address", domain="vpc")
    return aws.ec2.NatGateway("nat", subnet_id=subnet.id, allocation_id=address.allocation_id)


def route_to_nat(table: aws.ec2.RouteTable, nat: aws.ec2.NatGateway) -> None:
    """Lead everything that leaves the VPC to a NAT gateway."""
    aws.ec2.Route(
        "private-to-nat", route_table_id=table.id, destination_cidr_block=EVERYWHERE, nat_gateway_id=nat.id
    )


def public_routing(vpc: aws.ec2.Vpc, private: Sequence[aws.ec2.Subnet]) -> None:
    """Give private subnets a way to the internet, through a NAT gateway in a public subnet."""
    nat = nat_gateway(public_subnets(vpc)[0])
    route_to_nat(route_table("private", vpc, private), nat)


def security_group(vpc: aws.ec2.Vpc, name: str = "environment") -> aws.ec2.SecurityGroup:
    """Make a security group as the guide recommends it: all in from itself, all out."""
    group = aws.ec2.SecurityGroup(name, vpc_id=vpc.id, description=name)
    aws.vpc.SecurityGroupIngressRule(
        f"{name}-self",
        security_group_id=group.id,
        referenced_security_group_id=group.id,
        ip_protocol="-1",
    )
    all_outbound(group, name)
    return group


def all_outbound(group: aws.ec2.SecurityGroup, name: str = "environment") -> None:
    """Let a group reach everything."""
    aws.vpc.SecurityGroupEgressRule(
        f"{name}-outbound", security_group_id=group.id, cidr_ipv4=EVERYWHERE, ip_protocol="-1"
    )


def s3_endpoint(vpc: aws.ec2.Vpc, *tables: aws.ec2.RouteTable, policy: str | None = None) -> None:
    """Make the gateway endpoint of S3, for these route tables."""
    aws.ec2.VpcEndpoint(
        "s3",
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.{REGION}.s3",
        vpc_endpoint_type="Gateway",
        route_table_ids=[table.id for table in tables],
        policy=policy,
    )


def interface_endpoint(
    service: str,
    vpc: aws.ec2.Vpc,
    subnets: Sequence[aws.ec2.Subnet],
    group: aws.ec2.SecurityGroup,
    policy: str | None = None,
) -> None:
    """Make an interface endpoint of a service as the guide has it."""
    aws.ec2.VpcEndpoint(
        service,
        vpc_id=vpc.id,
        service_name=f"com.amazonaws.{REGION}.{service}",
        vpc_endpoint_type="Interface",
        subnet_ids=[subnet.id for subnet in subnets],
        security_group_ids=[group.id],
        private_dns_enabled=True,
        policy=policy,
    )


def environment(
    subnets: Sequence[aws.ec2.Subnet],
    groups: Sequence[aws.ec2.SecurityGroup],
    *,
    airflow_version: str = "3.0.6",
    webserver_access_mode: str = "PRIVATE_ONLY",
    endpoint_management: str = "SERVICE",
) -> aws.mwaa.Environment:
    """Make an environment in these subnets, with these security groups."""
    return aws.mwaa.Environment(
        "airflow",
        name="airflow",
        airflow_version=airflow_version,
        dag_s3_path="dags/",
        source_bucket_arn="arn:aws:s3:::our-dags",
        execution_role_arn="arn:aws:iam::111122223333:role/airflow",
        webserver_access_mode=webserver_access_mode,
        endpoint_management=endpoint_management,
        network_configuration={
            "subnet_ids": [subnet.id for subnet in subnets],
            "security_group_ids": [group.id for group in groups],
        },
    )
