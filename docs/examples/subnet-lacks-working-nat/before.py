"""The NAT gateway stands in one of the private subnets that are to reach the internet through it."""

import surroundings

vpc = surroundings.vpc()
surroundings.public_subnets(vpc)
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
surroundings.route_to_nat(table, surroundings.nat_gateway(private[0]))

surroundings.environment(private, [surroundings.security_group(vpc)])
