"""The group lets in all traffic from itself."""

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
surroundings.all_outbound(group)

surroundings.environment(private, [group])
