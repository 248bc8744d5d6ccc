"""The endpoint of SQS stands in both subnets."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
surroundings.s3_endpoint(vpc, table)
for service in ("logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

aws.ec2.VpcEndpoint(
    "sqs",
    vpc_id=vpc.id,
    service_name="com.amazonaws.eu-west-1.sqs",
    vpc_endpoint_type="Interface",
    subnet_ids=[subnet.id for subnet in private],
    security_group_ids=[group.id],
    private_dns_enabled=True,
)

surroundings.environment(private, [group])
