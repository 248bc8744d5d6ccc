"""One endpoint of SQS has private DNS; the other is reached by its own name."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
surroundings.s3_endpoint(vpc, table)
for service in ("sqs", "logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

aws.ec2.VpcEndpoint(
    "sqs-of-another-team",
    vpc_id=vpc.id,
    service_name="com.amazonaws.eu-west-1.sqs",
    vpc_endpoint_type="Interface",
    subnet_ids=[subnet.id for subnet in private],
    security_group_ids=[group.id],
    private_dns_enabled=False,
)

surroundings.environment(private, [group])
