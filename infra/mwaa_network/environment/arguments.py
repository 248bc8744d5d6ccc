"""What one can choose about an environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pulumi

from mwaa_network.environment.access_modes import AccessMode
from mwaa_network.network import Network

A_YEAR: Final = 365


class EndpointManagement(StrEnum):
    """Who makes the VPC endpoints of an environment's database and web server; it can never be changed."""

    SERVICE = "SERVICE"
    CUSTOMER = "CUSTOMER"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentArgs:
    """The choices for an environment. Only the network has no default.

    Attributes:
        network: Where it stands. Several environments may share one network.
        airflow_version: The version of Apache Airflow, such as `3.2.1`; unset, MWAA's newest at that time.
        environment_class: The size, such as `mw1.medium`; unset, MWAA's own default.
        webserver_access_mode: Who reaches the web server; unset, everybody who may sign in, over the
            internet, with public routing, and only what reaches the VPC with private routing.
        endpoint_management: Who makes the endpoints of its database and its web server; unset, MWAA. With
            `CUSTOMER` they are made by the account of the network, after the environment that they belong to;
            so it must be where that is another account, which shares its VPC.
        bucket_name: The bucket of DAGs and supporting files, which is made; unset, the first that the
            network's S3 endpoint lets through, else a name that no other bucket has.
        customer_key: Whether a KMS key of one's own encrypts environment, bucket and logs; unset, AWS's keys.
        log_retention_days: How long logs are kept.
        tags: Tags for everything that takes tags; unset, those of the network.
    """

    network: Network
    airflow_version: str | None = None
    environment_class: str | None = None
    webserver_access_mode: AccessMode | None = None
    endpoint_management: EndpointManagement | None = None
    bucket_name: str | None = None
    customer_key: bool = False
    log_retention_days: int = A_YEAR
    tags: Mapping[str, pulumi.Input[str]] | None = None
