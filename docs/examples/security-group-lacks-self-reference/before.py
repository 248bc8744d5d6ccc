"""The group lets HTTPS in from the VPC's addresses, and nothing from itself."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

group = aws.ec2.SecurityGroup("environment", vpc_id=vpc.id)
aws.vpc.SecurityGroupIngressRule(
    "https",
    security_group_id=group.id,
    cidr_ipv4="10.0.0.0/16",
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
)
surroundings.all_outbound(group)

surroundings.environment(private, [group])
