"""The S3 endpoint's policy names the Region's starport layer bucket, and the bucket with the DAGs."""

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
    "Resource": [f"arn:aws:s3:::prod-{surroundings.REGION}-starport-layer-bucket/*"],
}
dags = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
    "Resource": ["arn:aws:s3:::our-dags", "arn:aws:s3:::our-dags/*"],
}
surroundings.s3_endpoint(
    vpc, table, policy=json.dumps({"Version": "2012-10-17", "Statement": [layers, dags]})
)

surroundings.environment(private, [group])
