"""The environment is given the public subnets, in the belief that it needs them to reach the internet."""

import surroundings

vpc = surroundings.vpc()
public = surroundings.public_subnets(vpc)

surroundings.environment(public, [surroundings.security_group(vpc)])
