"""The VPC leaves DNS hostnames at their default, which is off."""

import pulumi_aws as aws
import surroundings

vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16")
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
surroundings.s3_endpoint(vpc, table)
for service in ("sqs", "logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

surroundings.environment(private, [group])
