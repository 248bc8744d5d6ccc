"""The customer makes the endpoints of the environment, and the program makes none."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)
group = surroundings.security_group(vpc)

surroundings.environment(private, [group], endpoint_management="CUSTOMER")
