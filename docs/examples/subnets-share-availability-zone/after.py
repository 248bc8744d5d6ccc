"""Each private subnet is made in a zone of its own."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

surroundings.environment(private, [surroundings.security_group(vpc)])
