"""The types of resource that the local provider makes, a family a file."""

from collections.abc import Mapping
from typing import Final

from local_cloud.provider.types import (
    bucket_settings,
    buckets,
    endpoints,
    environments,
    flow_logs,
    gateways,
    keys,
    log_groups,
    network_acls,
    roles,
    route_tables,
    security_groups,
    vpcs,
)
from local_cloud.provider.types.kind import Kind

KINDS: Final[Mapping[str, Kind]] = {
    **vpcs.KINDS,
    **gateways.KINDS,
    **route_tables.KINDS,
    **network_acls.KINDS,
    **security_groups.KINDS,
    **endpoints.KINDS,
    **flow_logs.KINDS,
    **buckets.KINDS,
    **bucket_settings.KINDS,
    **roles.KINDS,
    **keys.KINDS,
    **log_groups.KINDS,
    **environments.KINDS,
}
