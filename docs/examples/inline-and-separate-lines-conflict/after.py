"""Each rule of the group is a resource of its own."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

group = aws.ec2.SecurityGroup("environment", vpc_id=vpc.id)
for name, port in (("database", 5432), ("https", 443)):
    aws.vpc.SecurityGroupIngressRule(
        name,
        security_group_id=group.id,
        referenced_security_group_id=group.id,
        ip_protocol="tcp",
        from_port=port,
        to_port=port,
    )
surroundings.all_outbound(group)

surroundings.environment(private, [group])
