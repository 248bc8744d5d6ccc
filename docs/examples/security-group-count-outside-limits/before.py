"""The environment has six security groups."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)

groups = [surroundings.security_group(vpc, f"group-{number}") for number in range(6)]
surroundings.environment(private, groups)
