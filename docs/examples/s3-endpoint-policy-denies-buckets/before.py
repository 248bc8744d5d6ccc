"""The S3 endpoint's policy is the guide's example: a placeholder for the Region, and no other bucket."""

import json

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
for service in ("sqs", "logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

layers = {
    "Sid": "Access-to-specific-bucket-only",
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["s3:GetObject"],
    "Resource": ["arn:aws:s3:::prod-region-starport-layer-bucket/*"],
}
surroundings.s3_endpoint(vpc, table, policy=json.dumps({"Version": "2012-10-17", "Statement": [layers]}))

surroundings.environment(private, [group])
