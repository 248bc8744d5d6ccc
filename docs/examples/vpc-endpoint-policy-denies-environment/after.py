"""The SQS endpoint's policy allows the queues of MWAA, whatever their account."""

import json

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
for service in ("logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)
surroundings.s3_endpoint(vpc, table)

queues = {
    "Effect": "Allow",
    "Principal": "*",
    "Action": ["sqs:*"],
    "Resource": ["arn:aws:sqs:*:*:airflow-celery-*"],
}
policy = json.dumps({"Version": "2012-10-17", "Statement": [queues]})
surroundings.interface_endpoint("sqs", vpc, private, group, policy=policy)

surroundings.environment(private, [group])
