"""The zones are those of the Region that the network is in."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

surroundings.environment(private, [surroundings.security_group(vpc)])
