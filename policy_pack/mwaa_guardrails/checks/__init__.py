"""The checks, one guardrail a file."""

from typing import Final

from mwaa_guardrails.checks import (
    customer_endpoint_missing,
    inline_and_separate_lines_conflict,
    network_acl_blocks_required_traffic,
    private_dns_claimed_twice,
    private_routing_reaches_internet,
    s3_endpoint_policy_denies_buckets,
    security_group_blocks_outbound,
    security_group_count_outside_limits,
    security_group_lacks_self_reference,
    security_group_of_another_vpc,
    subnet_count_not_two,
    subnet_in_unusable_zone,
    subnet_lacks_working_nat,
    subnet_routes_to_internet_gateway,
    subnets_share_availability_zone,
    vpc_dns_attributes_disabled,
    vpc_endpoint_missing,
    vpc_endpoint_not_attached,
    vpc_endpoint_policy_denies_environment,
    vpc_endpoint_private_dns_disabled,
    vpc_endpoint_refuses_environment,
    web_server_out_of_workers_reach,
)
from mwaa_guardrails.checks.check import Check

ALL_CHECKS: Final[tuple[Check, ...]] = (
    customer_endpoint_missing.CHECK,
    inline_and_separate_lines_conflict.CHECK,
    network_acl_blocks_required_traffic.CHECK,
    private_dns_claimed_twice.CHECK,
    private_routing_reaches_internet.CHECK,
    s3_endpoint_policy_denies_buckets.CHECK,
    security_group_blocks_outbound.CHECK,
    security_group_count_outside_limits.CHECK,
    security_group_lacks_self_reference.CHECK,
    security_group_of_another_vpc.CHECK,
    subnet_count_not_two.CHECK,
    subnet_in_unusable_zone.CHECK,
    subnet_lacks_working_nat.CHECK,
    subnet_routes_to_internet_gateway.CHECK,
    subnets_share_availability_zone.CHECK,
    vpc_dns_attributes_disabled.CHECK,
    vpc_endpoint_missing.CHECK,
    vpc_endpoint_not_attached.CHECK,
    vpc_endpoint_policy_denies_environment.CHECK,
    vpc_endpoint_private_dns_disabled.CHECK,
    vpc_endpoint_refuses_environment.CHECK,
    web_server_out_of_workers_reach.CHECK,
)
