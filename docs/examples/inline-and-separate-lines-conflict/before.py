"""The group states its inbound rules inline, and a rule resource adds one."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

group = aws.ec2.SecurityGroup(
    "environment",
    vpc_id=vpc.id,
    ingress=[{"protocol": "tcp", "from_port": 5432, "to_port": 5432, "self": True}],
)
aws.vpc.SecurityGroupIngressRule(
    "https",
    security_group_id=group.id,
    referenced_security_group_id=group.id,
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
)
surroundings.all_outbound(group)

surroundings.environment(private, [group])
