"""Both private subnets are made in the first zone of the Region."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = [
    aws.ec2.Subnet(
        f"private-{number}",
        vpc_id=vpc.id,
        cidr_block=f"10.0.{number}.0/24",
        availability_zone=surroundings.ZONES[0],
    )
    for number in (0, 1)
]
surroundings.public_routing(vpc, private)

surroundings.environment(private, [surroundings.security_group(vpc)])
