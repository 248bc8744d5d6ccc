"""The network ACL lets everything in, and nothing out."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

acl = aws.ec2.NetworkAcl("private", vpc_id=vpc.id, subnet_ids=[subnet.id for subnet in private])
aws.ec2.NetworkAclRule(
    "inbound",
    network_acl_id=acl.id,
    egress=False,
    rule_number=100,
    protocol="-1",
    cidr_block="0.0.0.0/0",
    rule_action="allow",
)

surroundings.environment(private, [surroundings.security_group(vpc)])
