"""The environment is given two subnets, whatever else the VPC has."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
third = aws.ec2.Subnet("private-c", vpc_id=vpc.id, cidr_block="10.0.4.0/24", availability_zone="eu-west-1c")
surroundings.public_routing(vpc, [*private, third])

surroundings.environment(private, [surroundings.security_group(vpc)])
