"""Nothing leads out of the VPC, and it has no endpoint of KMS."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
surroundings.s3_endpoint(vpc, table)
for service in ("sqs", "logs", "monitoring"):
    surroundings.interface_endpoint(service, vpc, private, group)

surroundings.environment(private, [group])
