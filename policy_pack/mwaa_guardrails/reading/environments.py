"""MWAA environments, and networks that tags declare for environments of other stacks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    Reference,
    Unresolved,
    WebServerAccess,
)
from mwaa_guardrails.documents.facts import (
    BUCKET_NAME_PATTERN,
    SECURITY_GROUPS_MIN,
    SUBNETS_PER_ENVIRONMENT,
)
from mwaa_guardrails.reading.arns import account_of, bucket_of
from mwaa_guardrails.reading.declarations import (
    Routings,
    Tagged,
    declared_networks,
    intention,
    parts_of,
    read_tagged,
)
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, in_order
from mwaa_guardrails.reading.regions import Regions, region_of
from mwaa_guardrails.reading.security_groups import DEFAULT as DEFAULT_GROUP
from mwaa_guardrails.reading.security_groups import OWN as OWN_GROUP
from mwaa_guardrails.reading.tags import DefaultTags, TagKeys, tag_of
from mwaa_guardrails.reading.vpcs import SUBNETS
from mwaa_guardrails.unknown import Reason, Unknown

ENVIRONMENT = "aws:mwaa/environment:Environment"
BUCKET = "aws:s3/bucket:Bucket"
GROUPS: Final = (OWN_GROUP, DEFAULT_GROUP)
_NETWORK: Final = "networkConfiguration"


def read_environments(
    by_type: Mapping[str, tuple[Properties, ...]],
    links: Links,
    regions: Regions,
    defaults: DefaultTags,
    keys: TagKeys,
) -> tuple[Environment, ...]:
    """Return the environments, then the declared networks that none of them uses.

    The routing that the tags of an environment's own subnets state is its intention as well.
    """
    routings = {
        Inside(links.key_of(properties.resource.urn)): tag_of(properties, keys.routing, defaults)
        for type_ in SUBNETS
        for properties in by_type[type_]
    }
    buckets = {Inside(properties.resource.urn): _name_of_bucket(properties) for properties in by_type[BUCKET]}
    subnets, groups = (
        tuple(each for type_ in types for each in by_type[type_]) for types in (SUBNETS, GROUPS)
    )
    tagged = read_tagged(
        subnets, groups, links, regions, lambda each: tag_of(each, keys.environment, defaults)
    )
    environments = tuple(
        replace(
            _environment(properties, links, regions, routings),
            bucket=_bucket(properties, links, buckets),
            groups_outside=_groups_outside(properties, links, tagged),
        )
        for properties in by_type[ENVIRONMENT]
    )
    used = {
        part
        for environment, properties in zip(environments, by_type[ENVIRONMENT], strict=True)
        for part in (*parts_of(environment), *_possible_parts(environment, properties, links))
    }
    return (*environments, *declared_networks(tagged, used, routings))


def _possible_parts(environment: Environment, properties: Properties, links: Links) -> Iterator[Reference]:
    """Yield what a list that is not known yet may hold: a network declared by it may be the environment's."""
    lists = ((environment.subnets, Family.SUBNET), (environment.security_groups, Family.SECURITY_GROUP))
    for references, family in lists:
        if not isinstance(references, tuple) or any(isinstance(each, Unresolved) for each in references):
            yield from (Inside(urn) for urn in links.candidates(properties, _NETWORK, family))


def _environment(properties: Properties, links: Links, regions: Regions, routings: Routings) -> Environment:
    subnets, groups = _network_of(properties, links)
    return Environment(
        origin=properties.origin,
        name=properties.resource.name,
        declared=False,
        subnets=subnets,
        security_groups=groups,
        intention=intention(() if isinstance(subnets, Unknown) else subnets, routings),
        region=region_of(properties, regions),
        account=_account(properties),
        aws_name=properties.stated_text("name"),
        kms_key=properties.stated_text("kmsKey"),
        customer_endpoints=_customer_endpoints(properties),
        web_server_access=_web_server_access(properties),
        airflow_version=properties.stated_text("airflowVersion"),
    )


def _customer_endpoints(properties: Properties) -> bool | Unknown:
    """Tell whether the customer makes the endpoints; without a word MWAA does (CreateEnvironment)."""
    management = properties.stated_text("endpointManagement")
    return management if isinstance(management, Unknown) else management == "CUSTOMER"


def _web_server_access(properties: Properties) -> WebServerAccess | Unknown:
    """Return the web server's access mode; without a word it is private (CreateEnvironment)."""
    mode = properties.stated_text("webserverAccessMode")
    if mode is None or isinstance(mode, Unknown):
        return mode or WebServerAccess.PRIVATE_ONLY
    return next(
        (each for each in WebServerAccess if each.value == mode),
        properties.unknown("webserverAccessMode", Reason.MALFORMED),
    )


def _account(properties: Properties) -> str | None:
    """Return the account of an environment, which is its execution role's as well."""
    arns = (properties.stated_text(key) for key in ("arn", "executionRoleArn"))
    accounts = (account_of(arn) for arn in arns if isinstance(arn, str))
    return next((account for account in accounts if account is not None), None)


def _name_of_bucket(bucket: Properties) -> str | None:
    """Return the name of a bucket; None when it is not known, or no bucket can have it."""
    name = bucket.stated_text("bucket")
    return name if isinstance(name, str) and re.fullmatch(BUCKET_NAME_PATTERN, name) else None


def _bucket(
    properties: Properties, links: Links, buckets: Mapping[Inside, str | None]
) -> str | Unknown | None:
    """Return the name of an environment's bucket: out of its ARN, or of the one bucket it is made of."""
    arn = properties.stated_text("sourceBucketArn")
    if isinstance(arn, str):
        return bucket_of(arn) or properties.unknown("sourceBucketArn", Reason.MALFORMED)
    made_from = links.by_dependencies(properties, "sourceBucketArn", Family.BUCKET)
    named = None if arn is None or made_from is None else buckets[made_from]
    return named or arn


def _network_of(
    properties: Properties, links: Links
) -> tuple[tuple[Reference, ...] | Unknown, tuple[Reference, ...] | Unknown]:
    """Return what an environment names as its subnets and its security groups.

    Where a list cannot be known as a whole, what it depends on says what is in it as far as that leaves no
    choice: an environment takes exactly two subnets, so a list made from two holds both of them; and at least
    one security group, so a list made from one holds it, whatever else it holds (`groups_outside`).
    """
    return (
        _listed(properties, links, "subnetIds", Family.SUBNET, SUBNETS_PER_ENVIRONMENT),
        _listed(properties, links, "securityGroupIds", Family.SECURITY_GROUP, SECURITY_GROUPS_MIN),
    )


def _groups_outside(properties: Properties, links: Links, tagged: Tagged) -> Unknown | None:
    """Return why an environment may have security groups outside beside the one of the stack that is sure.

    A list that cannot be known as a whole may hold ids that no resource of the stack gives. A group that tags
    declare is with the others that they declare all there is.
    """
    network = properties.object(_NETWORK)
    listed = network.items("securityGroupIds") if isinstance(network, Properties) else network
    if not isinstance(listed, Unknown):
        return None
    made_from = links.candidates(properties, _NETWORK, Family.SECURITY_GROUP)
    return None if tagged.declares_group(made_from) else listed


def _listed(
    properties: Properties, links: Links, key: str, family: Family, fewest: int
) -> tuple[Reference, ...] | Unknown:
    network = properties.object(_NETWORK)
    if network is None:
        return ()
    listed = network if isinstance(network, Unknown) else links.many(network, key, family)
    if isinstance(listed, Unknown):
        made_from = links.candidates(properties, _NETWORK, family)
        if len(made_from) != fewest:
            return listed
        listed = tuple(Inside(urn) for urn in made_from)
    return in_order(listed)
