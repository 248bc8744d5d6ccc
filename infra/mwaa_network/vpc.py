"""Makes the VPC, and empties the security group that AWS puts into it."""

import pulumi
import pulumi_aws as aws

from mwaa_network.family import Family


def make_vpc(family: Family, cidr_block: str, *, ipv6: bool) -> aws.ec2.Vpc:
    """Make a VPC that resolves names, those of private DNS included, and nothing inside.

    Its default network ACL stays as AWS made it; nothing uses it.
    """
    vpc = aws.ec2.Vpc(
        family.child("vpc"),
        cidr_block=cidr_block,
        assign_generated_ipv6_cidr_block=True if ipv6 else None,
        enable_dns_support=True,
        enable_dns_hostnames=True,
        tags=family.tags_of("vpc"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    # Adopting the default group without rules takes away those it came with, so that whatever is started
    # without a group of its own can neither be reached nor reach anything.
    aws.ec2.DefaultSecurityGroup(
        family.child("default"),
        vpc_id=vpc.id,
        tags=family.tags_of("default"),
        opts=pulumi.ResourceOptions(parent=family.parent),
    )
    return vpc
