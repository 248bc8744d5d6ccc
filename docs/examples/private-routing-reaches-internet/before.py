"""A network that is declared private keeps the route to the NAT gateway of an earlier trial."""

import pulumi_aws as aws
import surroundings

TAGS = {"mwaa:environment": "airflow", "mwaa:routing": "private"}

vpc = surroundings.vpc()
private = [
    aws.ec2.Subnet(f"private-{zone[-1]}", vpc_id=vpc.id, cidr_block=block, availability_zone=zone, tags=TAGS)
    for zone, block in zip(surroundings.ZONES, ("10.0.0.0/24", "10.0.1.0/24"), strict=True)
]
group = surroundings.security_group(vpc)
table = surroundings.route_table("private", vpc, private)
surroundings.route_to_nat(table, surroundings.nat_gateway(surroundings.public_subnets(vpc)[0]))
surroundings.s3_endpoint(vpc, table)
for service in ("sqs", "logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

surroundings.environment(private, [group])
