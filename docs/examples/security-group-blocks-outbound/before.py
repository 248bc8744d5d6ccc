"""The group lets HTTPS out, and nothing else: the metadata database listens on 5432."""

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
    "https",
    security_group_id=group.id,
    cidr_ipv4="0.0.0.0/0",
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
)

surroundings.environment(private, [group])
