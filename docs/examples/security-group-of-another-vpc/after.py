"""The group stands in the VPC of the subnets."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

surroundings.environment(private, [surroundings.security_group(vpc)])
