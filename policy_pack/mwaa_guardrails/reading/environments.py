"""MWAA environments, and networks that tags declare for environments of other stacks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from mwaa_guardrails.aws.model import (
    Environment,
    Inside,
    Reference,
    Routing,
    Unresolved,
    WebServerAccess,
)
from mwaa_guardrails.documents.facts import (
    ENVIRONMENT_TAG,
    ROUTING_TAG,
    SECURITY_GROUPS_MIN,
    SUBNETS_PER_ENVIRONMENT,
)
from mwaa_guardrails.reading.arns import account_of, bucket_of
from mwaa_guardrails.reading.properties import Properties
from mwaa_guardrails.reading.references import Family, Links, in_order
from mwaa_guardrails.reading.regions import Regions, region_of
from mwaa_guardrails.reading.security_groups import DEFAULT as DEFAULT_GROUP
from mwaa_guardrails.reading.security_groups import OWN as OWN_GROUP
from mwaa_guardrails.reading.vpcs import SUBNETS
from mwaa_guardrails.unknown import Reason, Unknown

ENVIRONMENT = "aws:mwaa/environment:Environment"
BUCKET = "aws:s3/bucket:Bucket"
_NETWORK: Final = "networkConfiguration"


def read_environments(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links, regions: Regions
) -> tuple[Environment, ...]:
    """Return the environments, then the declared networks that none of them uses.

    The routing that the tags of an environment's own subnets state is its intention as well.
    """
    tagged = {
        Inside(links.key_of(properties.resource.urn)): properties
        for type_ in SUBNETS
        for properties in by_type[type_]
    }
    buckets = {
        Inside(properties.resource.urn): properties.stated_text("bucket") for properties in by_type[BUCKET]
    }
    environments = tuple(
        replace(_environment(properties, links, regions, tagged), bucket=_bucket(properties, links, buckets))
        for properties in by_type[ENVIRONMENT]
    )
    used = {
        part
        for environment, properties in zip(environments, by_type[ENVIRONMENT], strict=True)
        for part in (*_parts(environment), *_possible_parts(environment, properties, links))
    }
    declared = tuple(
        each for each in _declared(by_type, links, regions) if not any(part in used for part in _parts(each))
    )
    return environments + declared


def _parts(environment: Environment) -> Iterator[Reference]:
    for references in (environment.subnets, environment.security_groups):
        if isinstance(references, tuple):
            yield from references


def _possible_parts(environment: Environment, properties: Properties, links: Links) -> Iterator[Reference]:
    """Yield what a list that is not known yet may hold: a network declared by it may be the environment's."""
    lists = ((environment.subnets, Family.SUBNET), (environment.security_groups, Family.SECURITY_GROUP))
    for references, family in lists:
        if not isinstance(references, tuple) or any(isinstance(each, Unresolved) for each in references):
            yield from (Inside(urn) for urn in links.candidates(properties, _NETWORK, family))


def _environment(
    properties: Properties, links: Links, regions: Regions, tagged: Mapping[Inside, Properties]
) -> Environment:
    subnets, groups = _network_of(properties, links)
    own = () if isinstance(subnets, Unknown) else subnets
    return Environment(
        origin=properties.origin,
        name=properties.resource.name,
        declared=False,
        subnets=subnets,
        security_groups=groups,
        intention=_intention(tagged[each] for each in own if isinstance(each, Inside)),
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


def _bucket(
    properties: Properties, links: Links, buckets: Mapping[Inside, str | Unknown | None]
) -> str | Unknown | None:
    """Return the name of an environment's bucket: out of its ARN, or of the one bucket it is made of."""
    arn = properties.stated_text("sourceBucketArn")
    if isinstance(arn, str):
        return bucket_of(arn) or properties.unknown("sourceBucketArn", Reason.MALFORMED)
    made_from = links.by_dependencies(properties, "sourceBucketArn", Family.BUCKET)
    named = None if arn is None or made_from is None else buckets[made_from]
    return named if isinstance(named, str) else arn


def _network_of(
    properties: Properties, links: Links
) -> tuple[tuple[Reference, ...] | Unknown, tuple[Reference, ...] | Unknown]:
    """Return what an environment names as its subnets and its security groups.

    Where a list cannot be known as a whole, what it depends on says what is in it as far as that leaves no
    choice: an environment takes exactly two subnets, so a list made from two holds both of them; and at least
    one security group, so a list made from one holds it.
    """
    return (
        _listed(properties, links, "subnetIds", Family.SUBNET, SUBNETS_PER_ENVIRONMENT),
        _listed(properties, links, "securityGroupIds", Family.SECURITY_GROUP, SECURITY_GROUPS_MIN),
    )


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


def _declared(
    by_type: Mapping[str, tuple[Properties, ...]], links: Links, regions: Regions
) -> Iterator[Environment]:
    subnets = _by_name(properties for type_ in SUBNETS for properties in by_type[type_])
    groups = _by_name(properties for type_ in (OWN_GROUP, DEFAULT_GROUP) for properties in by_type[type_])
    for name in sorted({*subnets, *groups}):
        parts = (*subnets.get(name, ()), *groups.get(name, ()))
        yield Environment(
            origin=parts[0].origin,
            name=name,
            declared=True,
            subnets=_references(subnets.get(name), links),
            security_groups=_references(groups.get(name), links),
            intention=_intention(subnets.get(name, ())),
            region=region_of(parts[0], regions),
        )


def _by_name(parts: Iterable[Properties]) -> dict[str, list[Properties]]:
    """Return the parts that each declared name names, in the order of their names."""
    by_name: dict[str, list[Properties]] = {}
    for properties in sorted(parts, key=lambda each: (each.resource.name, each.resource.urn)):
        for name in dict.fromkeys((_tag(properties, ENVIRONMENT_TAG) or "").split()):
            by_name.setdefault(name, []).append(properties)
    return by_name


def _references(parts: Iterable[Properties] | None, links: Links) -> tuple[Reference, ...] | None:
    return None if parts is None else tuple(Inside(links.key_of(each.resource.urn)) for each in parts)


def _intention(subnets: Iterable[Properties]) -> Routing | None:
    """Return the routing that the subnets' tags agree on; None when they state none, or more than one."""
    stated = {_tag(properties, ROUTING_TAG) for properties in subnets} - {None}
    return next((each for each in Routing if stated == {each.value}), None)


def _tag(properties: Properties, key: str) -> str | None:
    """Return a tag, default tags included; one that cannot be known yet declares nothing."""
    for tags_key in ("tagsAll", "tags"):
        tags = properties.object(tags_key)
        if isinstance(tags, Properties):
            value = tags.text(key)
            return value if isinstance(value, str) else None
    return None
