"""The NAT gateway stands in a public subnet, whose route table leads to the internet gateway."""

import surroundings

vpc = surroundings.vpc()
public = surroundings.public_subnets(vpc)
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
surroundings.route_to_nat(table, surroundings.nat_gateway(public[0]))

surroundings.environment(private, [surroundings.security_group(vpc)])
