"""The database and the private web server get their endpoints."""

import pulumi_aws as aws
import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
surroundings.public_routing(vpc, private)
group = surroundings.security_group(vpc)

environment = surroundings.environment(private, [group], endpoint_management="CUSTOMER")
aws.ec2.VpcEndpoint(
    "database",
    vpc_id=vpc.id,
    service_name=environment.database_vpc_endpoint_service,
    vpc_endpoint_type="Interface",
    subnet_ids=[subnet.id for subnet in private],
    security_group_ids=[group.id],
)
aws.ec2.VpcEndpoint(
    "web-server",
    vpc_id=vpc.id,
    service_name=environment.webserver_vpc_endpoint_service,
    vpc_endpoint_type="Interface",
    subnet_ids=[subnet.id for subnet in private],
    security_group_ids=[group.id],
)
