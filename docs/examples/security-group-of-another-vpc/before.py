"""The group stands in a VPC of its own, away from the subnets."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

tools = surroundings.vpc("tools")
surroundings.environment(private, [surroundings.security_group(tools)])
