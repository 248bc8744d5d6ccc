"""The web server is private: MWAA makes an endpoint for it in the VPC."""

import surroundings

vpc = surroundings.vpc()
private = surroundings.private_subnets(vpc)
group = surroundings.security_group(vpc)
surroundings.s3_endpoint(vpc, surroundings.route_table("private", vpc, private))
for service in ("sqs", "logs", "monitoring", "kms"):
    surroundings.interface_endpoint(service, vpc, private, group)

surroundings.environment(private, [group], airflow_version="3.0.6", webserver_access_mode="PRIVATE_ONLY")
