"""Comparing the policy documents of VPC endpoints with the requests that an environment makes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from mwaa_guardrails.aws.decisions import Outcome
from mwaa_guardrails.aws.model import (
    EndpointType,
    Environment,
    NetworkModel,
    Service,
    VpcEndpoint,
)
from mwaa_guardrails.aws.policy_document import RequestDecision, Requests, Silent, decide
from mwaa_guardrails.aws.routes import WayOut, routing_of
from mwaa_guardrails.aws.statements import PolicyDocument, Statement
from mwaa_guardrails.aws.vpc_endpoints import endpoints_for, stands_in
from mwaa_guardrails.checks.endpoints import endpoints_serving
from mwaa_guardrails.documents.facts import ENDPOINT_POLICY_MAX_CHARACTERS
from mwaa_guardrails.documents.requirements import (
    ENDPOINT_POLICY_DOCUMENT_FORM,
    ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED,
    Requirement,
)
from mwaa_guardrails.faults import (
    DeniedRequest,
    DeniedRequests,
    Grant,
    LongPolicyDocument,
    NoPolicyDocument,
    RequestPurpose,
)
from mwaa_guardrails.findings import Degree, Finding, Undetermined
from mwaa_guardrails.net.globs import Language
from mwaa_guardrails.unknown import Reason, Unknown

# Whatever account it is, its number has so many digits.
ANY_ACCOUNT: Final = "?" * 12
# Accounts to show in examples, as AWS's guides do.
SHOWN_ACCOUNTS: Final = ("111122223333", "444455556666")


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Requests that an environment makes, or some of which it makes.

    Where only part of them is denied, nobody may be able to say whether it is a part the environment needs:
    a pattern of actions stands for actions that no page lists, and who names a queue may know which it is.

    Attributes:
        purpose: What they are for.
        action: The action, or a pattern of actions.
        resources: The resources, as sets that have none in common.
        examples: Requests to show, as action and resource; the first that is denied is taken.
        requirement: The sentence that asks for them.
        grant: What a statement would have to allow for this purpose.
        partly: What it means that part of them is denied: a degree, nothing, or what must be known first.
        of_aws: Whether the resources are in an account of AWS; then what it means that a condition on their
            owner shuts them out.
        except_actions: Actions that are none of them although the pattern names them.
    """

    purpose: RequestPurpose
    action: str
    resources: tuple[Language, ...]
    examples: tuple[tuple[str, str], ...]
    requirement: Requirement
    grant: Grant
    partly: Degree | Unknown | None = Degree.VIOLATION
    of_aws: Degree | None = None
    except_actions: tuple[str, ...] = ()

    @property
    def asked(self) -> Requests:
        """All the requests."""
        return Requests.of(self.action, *self.resources).without_actions(*self.except_actions)


# How bad something is, what it is, and the sentences it goes against.
_Answer: TypeAlias = tuple[
    Degree, DeniedRequests | LongPolicyDocument | NoPolicyDocument, tuple[Requirement, ...]
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What a policy document denies of a need, and how bad that is."""

    need: Need
    degree: Degree
    request: DeniedRequest


def judge(
    check: str,
    model: NetworkModel,
    environment: Environment,
    service: str,
    find: Callable[[VpcEndpoint, Service], Iterator[Finding | Unknown]],
) -> Iterator[Finding | Undetermined]:
    """Yield what `find` says of the endpoints of a service that an environment with private routing uses.

    Where nobody can say yet whether the routing is private, or which of several endpoints it uses, that is
    the question, and only where `find` has something to say.
    """
    routing = routing_of(model, environment)
    if isinstance(routing, WayOut) and routing is not WayOut.NONE:
        return
    for endpoint, own, doubt in _used(model, environment, service):
        hidden = routing if isinstance(routing, Unknown) else doubt
        for answer in find(endpoint, own):
            match hidden or answer:
                case Unknown() as unknown:
                    yield Undetermined(check=check, environment=environment, unknown=unknown)
                case finding:
                    yield finding


def _used(
    model: NetworkModel, environment: Environment, service: str
) -> Iterator[tuple[VpcEndpoint, Service, Unknown | None]]:
    """Return the endpoints of a service that an environment's requests pass, each with why they may not.

    A gateway endpoint serves the subnets whose route tables have its route. Where none does, names of one's
    own may lead to an interface endpoint.
    """
    found = endpoints_for(model, environment, service)
    serving = endpoints_serving(model, environment, service)
    used: list[tuple[VpcEndpoint, bool | Unknown]]
    if isinstance(serving, Unknown):
        used = [(each, serving) for each in found]
    else:
        served = [(each, _serves(model, each, environment)) for each in serving]
        used = [one for one in served if one[1] is not False] or [
            (each, False) for each in found if each.type is not EndpointType.GATEWAY
        ]
    yield from (
        (each, each.service, serves if isinstance(serves, Unknown) and len(used) > 1 else None)
        for each, serves in used
        if isinstance(each.service, Service)
    )


def _serves(model: NetworkModel, endpoint: VpcEndpoint, environment: Environment) -> bool | Unknown:
    if endpoint.type is not EndpointType.GATEWAY:
        return endpoint.private_dns
    subnets = () if isinstance(environment.subnets, Unknown) else environment.subnets or ()
    answers = [stands_in(model, endpoint, subnet) for subnet in subnets]
    if True in answers or None in answers:
        return True
    return next((each for each in answers if isinstance(each, Unknown)), False)


def findings(
    check: str, environment: Environment, endpoint: VpcEndpoint, service: str, needs: tuple[Need, ...]
) -> Iterator[Finding | Unknown]:
    """Yield what is wrong with an endpoint's policy document, and what hides whether more is.

    Where there is a violation, advice and what is hidden are left out: neither changes the verdict.
    """
    for answer in _faults(endpoint.policy, service, needs):
        if isinstance(answer, Unknown):
            yield answer
        else:
            degree, fault, requirements = answer
            yield Finding(
                check=check,
                degree=degree,
                environment=environment,
                subject=endpoint.origin,
                related=(),
                fault=fault,
                requirements=requirements,
            )


def _faults(
    document: PolicyDocument | Unknown | None, service: str, needs: tuple[Need, ...]
) -> Iterator[_Answer | Unknown]:
    """Say whether AWS takes a text as a policy document, and if so what it denies."""
    form = (ENDPOINT_POLICY_DOCUMENT_FORM,)
    if isinstance(document, Unknown) and document.reason is not Reason.MALFORMED:
        yield document
    elif isinstance(document, Unknown):
        yield Degree.VIOLATION, NoPolicyDocument(stated_by=document.urn), form
    elif document is not None and document.length.fewest > ENDPOINT_POLICY_MAX_CHARACTERS:
        long = LongPolicyDocument(stated_by=document.urn, characters=document.length.fewest)
        yield Degree.VIOLATION, long, form
    else:
        yield from _denied(document, service, needs)


def _denied(
    document: PolicyDocument | None, service: str, needs: tuple[Need, ...]
) -> Iterator[_Answer | Unknown]:
    answers = [answer for need in needs for answer in _answers(document, need)]
    denials = [answer for answer in answers if isinstance(answer, Denial)]
    worst = [each for each in denials if each.degree is Degree.VIOLATION] or denials
    if not worst or worst[0].degree is not Degree.VIOLATION:
        yield from (answer for answer in answers if isinstance(answer, Unknown))
        if document is not None and document.length.most > ENDPOINT_POLICY_MAX_CHARACTERS:
            yield Unknown(urn=document.urn, path=document.path, reason=Reason.RESPELT)
    if worst:
        fault = DeniedRequests(
            service=service,
            stated_by="" if document is None else document.urn,
            requests=tuple(each.request for each in worst),
        )
        requirements = dict.fromkeys(each.need.requirement for each in worst)
        yield worst[0].degree, fault, (*requirements, ENDPOINT_POLICY_GRANTS_WHAT_IS_NEEDED)


def _answers(document: PolicyDocument | None, need: Need) -> Iterator[Denial | Unknown]:
    """Say what a policy document denies of a need, or which property hides whether it does."""
    decisions = decide(document, need.asked)
    denied = [each for each in decisions if each.outcome is Outcome.DENY]
    hidden = next((each.by for each in decisions if isinstance(each.by, Unknown)), None)
    degree = Degree.VIOLATION if len(denied) == len(decisions) else need.partly
    if denied and degree is Degree.VIOLATION:
        yield from _denials(need, Degree.VIOLATION, denied)
    elif hidden is not None:
        yield hidden
    elif isinstance(degree, Unknown) and denied:
        yield degree
    elif isinstance(degree, Degree) and denied:
        yield from _denials(need, degree, denied)
    elif need.of_aws is not None:
        unmet = next((each.by for each in decisions if each.outcome is Outcome.UNKNOWN), None)
        shut = [each for each in decide(document, need.asked, of_aws=True) if each.outcome is Outcome.DENY]
        yield from _denials(need, need.of_aws, shut, unmet if isinstance(unmet, Statement) else None)


def _denials(
    need: Need, degree: Degree, denied: Iterable[RequestDecision], unmet: Statement | None = None
) -> Iterator[Denial]:
    for decision in denied:
        action, resource = _shown(need, decision.share)
        yield Denial(
            need=need,
            degree=degree,
            request=DeniedRequest(
                purpose=need.purpose,
                action=action,
                resource=resource,
                by=decision.by if isinstance(decision.by, Statement) else Silent.NO_STATEMENT,
                unmet=unmet,
                grant=need.grant,
            ),
        )


def _shown(need: Need, share: Requests) -> tuple[str, str]:
    """Return one of the denied requests: an example where there is one, else the pattern on some resource."""
    example = next((each for each in need.examples if each in share), None)
    return example or (need.action, share.witness()[1])
