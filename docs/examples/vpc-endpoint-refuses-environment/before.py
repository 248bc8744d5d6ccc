"""The endpoint of SQS has a group of its own, which lets in the office and not the environment."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
table = surroundings.route_table("private", vpc, private)
group = surroundings.security_group(vpc)
surroundings.s3_endpoint(vpc, table)
for service in ("logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

own = aws.ec2.SecurityGroup("endpoint", vpc_id=vpc.id)
aws.vpc.SecurityGroupIngressRule(
    "office",
    security_group_id=own.id,
    cidr_ipv4="192.168.0.0/16",
    ip_protocol="tcp",
    from_port=443,
    to_port=443,
)
aws.ec2.VpcEndpoint(
    "sqs",
    vpc_id=vpc.id,
    service_name="com.amazonaws.eu-west-1.sqs",
    vpc_endpoint_type="Interface",
    subnet_ids=[subnet.id for subnet in private],
    security_group_ids=[own.id],
    private_dns_enabled=True,
)

surroundings.environment(private, [group])
