"""Where the customer makes an environment's endpoints, they must be there, and let the environment in.

## What it does

Where endpoint management is CUSTOMER, looks for an endpoint to the database, and to the web server unless
that is public only. One that is there must be an interface endpoint in the environment's own subnets, with
a group that lets the environment in.

## Why is this bad?

The environment stays in `PENDING`, and fails after 72 hours without its endpoints. With endpoints in other
subnets, or with a group that shuts the environment out, it fails as well.

## Known limits

Another stack may make the endpoints while the environment is pending, so that their absence is advice. What
is wrong about one that is there is a violation.
"""

from collections.abc import Iterator
from typing import Final

from mwaa_guardrails.aws.model import (
    EndpointType,
    Environment,
    EnvironmentPart,
    Inside,
    NetworkModel,
    Unresolved,
    VpcEndpoint,
    WebServerAccess,
)
from mwaa_guardrails.aws.vpc_endpoints import Admittance, Gap, admission, gap_of, vpc_of
from mwaa_guardrails.checks.check import Check, Options, Severity
from mwaa_guardrails.checks.endpoints import not_attached, refusal, surroundings
from mwaa_guardrails.documents.facts import DATABASE_PORT, HTTPS_PORT
from mwaa_guardrails.documents.requirements import (
    CUSTOMER_ENDPOINT_GROUP,
    CUSTOMER_ENDPOINTS,
    CUSTOMER_ENDPOINTS_IN_ITS_SUBNETS,
    CUSTOMER_ENDPOINTS_INTERFACE,
    Requirement,
)
from mwaa_guardrails.faults import Fault, MissingCustomerEndpoints, WrongEndpointType
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.unknown import Reason, Unknown

_PORTS: Final = {
    EnvironmentPart.DATABASE: (DATABASE_PORT,),
    EnvironmentPart.WEB_SERVER: (HTTPS_PORT,),
    None: (DATABASE_PORT, HTTPS_PORT),
}


def _find(model: NetworkModel, _options: Options) -> Iterator[Finding | Undetermined]:
    for environment in model.environments:
        management = environment.customer_endpoints
        answers = (*_missing(model, environment), *_there(model, environment))
        if management is True:
            yield from answers
        elif isinstance(management, Unknown) and answers:
            yield Undetermined(check=CHECK.id, environment=environment, unknown=management)


def _missing(model: NetworkModel, environment: Environment) -> Iterator[Finding | Undetermined]:
    """Judge what is missing in a VPC of the stack.

    An endpoint that may lead to either part is counted for one of them.
    """
    vpc = vpc_of(model, environment)
    if not isinstance(vpc, Inside):
        return
    here = [each for each in model.vpc_endpoints.values() if not _surely_elsewhere(each, vpc)]
    own = [
        each.environment_service.part
        for each in here
        if each.vpc == vpc
        and each.environment_service is not None
        and environment.origin.urn in each.environment_service.environments
    ]
    access = environment.web_server_access
    private = access is not WebServerAccess.PUBLIC_ONLY and not isinstance(access, Unknown)
    needed = (
        (EnvironmentPart.DATABASE, EnvironmentPart.WEB_SERVER) if private else (EnvironmentPart.DATABASE,)
    )
    missing = tuple(part for part in needed if part not in own)
    doubts = [unknown for each in here if (unknown := _doubt(each)) is not None]
    of_either = own.count(None)
    possible = of_either + len(doubts)
    if possible < len(missing):
        yield Finding(
            check=CHECK.id,
            degree=Degree.ADVICE,
            environment=environment,
            subject=environment.origin,
            related=(model.vpcs[vpc.urn].origin,),
            fault=MissingCustomerEndpoints(
                parts=missing,
                one_is_there=possible > 0,
                around=surroundings(model, environment),
            ),
            requirements=(CUSTOMER_ENDPOINTS,),
        )
    elif of_either < len(missing):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=doubts[0])
    if isinstance(access, Unknown) and EnvironmentPart.WEB_SERVER not in own and of_either <= len(missing):
        yield Undetermined(check=CHECK.id, environment=environment, unknown=access)


def _surely_elsewhere(endpoint: VpcEndpoint, vpc: Inside) -> bool:
    return not endpoint.vpc.may_mean(vpc) if isinstance(endpoint.vpc, Unresolved) else endpoint.vpc != vpc


def _doubt(endpoint: VpcEndpoint) -> Unknown | None:
    """Return why an endpoint may lead to a part of an environment in the VPC although nothing says so."""
    if isinstance(endpoint.service, Unknown):
        return endpoint.service
    if isinstance(endpoint.vpc, Unresolved) and endpoint.environment_service is not None:
        return endpoint.vpc.unknown
    return None


def _there(model: NetworkModel, environment: Environment) -> Iterator[Finding | Undetermined]:
    """Judge the endpoints that surely lead to the environment."""
    for urn in sorted(model.vpc_endpoints):
        endpoint = model.vpc_endpoints[urn]
        of = endpoint.environment_service
        if of is None or not of.sure or of.environments != (environment.origin.urn,):
            continue
        for answer in _judge(model, environment, endpoint, of.part):
            if isinstance(answer, Unknown):
                yield Undetermined(check=CHECK.id, environment=environment, unknown=answer)
            else:
                fault, requirement = answer
                yield Finding(
                    check=CHECK.id,
                    degree=Degree.VIOLATION,
                    environment=environment,
                    subject=endpoint.origin,
                    related=(environment.origin,),
                    fault=fault,
                    requirements=(requirement,),
                )


def _judge(
    model: NetworkModel, environment: Environment, endpoint: VpcEndpoint, part: EnvironmentPart | None
) -> Iterator[tuple[Fault, Requirement] | Unknown]:
    if isinstance(endpoint.type, Unknown):
        yield endpoint.type
        return
    if endpoint.type is not EndpointType.INTERFACE:
        fault = WrongEndpointType(goal=part, around=surroundings(model, environment))
        yield fault, CUSTOMER_ENDPOINTS_INTERFACE
        return
    gap = gap_of(model, (endpoint,), environment)
    if isinstance(gap, Gap):
        yield not_attached(model, environment, (endpoint,), gap, part), CUSTOMER_ENDPOINTS_IN_ITS_SUBNETS
    elif gap is not None:
        yield gap
    yield from _refusals(model, environment, endpoint, part)


def _refusals(
    model: NetworkModel, environment: Environment, endpoint: VpcEndpoint, part: EnvironmentPart | None
) -> Iterator[tuple[Fault, Requirement] | Unknown]:
    """Judge whom the endpoint's groups let in; while nobody knows its part, only what holds for either."""
    answers = [admission(model, endpoint, environment, port) for port in _PORTS[part]]
    refused = [
        each for each in answers if not isinstance(each, Unknown) and each.admittance is Admittance.REFUSED
    ]
    if len(refused) == len(answers):
        yield refusal(model, environment, endpoint, part, refused[0]), CUSTOMER_ENDPOINT_GROUP
        return
    hidden = [each for each in answers if isinstance(each, Unknown)]
    if hidden:
        yield hidden[0]
    elif refused:
        yield Unknown(urn=endpoint.origin.urn, path="serviceName", reason=Reason.NOT_YET)


CHECK: Final = Check(
    id="customer-endpoint-missing",
    title="Where the customer makes the endpoints of an environment, they are there and let it in.",
    severity=Severity.HIGH,
    requirements=(
        CUSTOMER_ENDPOINTS,
        CUSTOMER_ENDPOINTS_INTERFACE,
        CUSTOMER_ENDPOINTS_IN_ITS_SUBNETS,
        CUSTOMER_ENDPOINT_GROUP,
    ),
    find=_find,
)
