"""The environment is given a third subnet, as a VPC with three zones suggests."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
third = aws.ec2.Subnet("private-c", vpc_id=vpc.id, cidr_block="10.0.4.0/24", availability_zone="eu-west-1c")
surroundings.public_routing(vpc, [*private, third])

surroundings.environment([*private, third], [surroundings.security_group(vpc)])
