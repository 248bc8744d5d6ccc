"""The group lets all traffic out."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

group = aws.ec2.SecurityGroup("environment", vpc_id=vpc.id)
aws.vpc.SecurityGroupIngressRule(
    "self",
    security_group_id=group.id,
    referenced_security_group_id=group.id,
    ip_protocol="-1",
)
aws.vpc.SecurityGroupEgressRule(
    "outbound",
    security_group_id=group.id,
    cidr_ipv4="0.0.0.0/0",
    ip_protocol="-1",
)

surroundings.environment(private, [group])
