"""The zones were copied from a network in another Region."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = [
    aws.ec2.Subnet(f"private-{zone[-1]}", vpc_id=vpc.id, cidr_block=block, availability_zone=zone)
    for zone, block in (("us-east-1a", "10.0.0.0/24"), ("us-east-1b", "10.0.1.0/24"))
]
surroundings.public_routing(vpc, private)

surroundings.environment(private, [surroundings.security_group(vpc)])
