"""Every sentence to users: findings, open questions and failures as text."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from mwaa_guardrails.documents.requirements import Requirement
from mwaa_guardrails.documents.sources import Source
from mwaa_guardrails.faults import (
    BlockedOutbound,
    BlockedTraffic,
    Contested,
    DeniedRequests,
    DnsOff,
    FewPublicSubnets,
    ForeignGroup,
    LongPolicyDocument,
    MissingCustomerEndpoints,
    MissingEndpoints,
    NatLeadsNowhere,
    NoPolicyDocument,
    NoPrivateDns,
    NoRouteToNat,
    NoSelfReference,
    NotAttached,
    PrivateDnsTwice,
    PublicSubnet,
    ReachesInternet,
    RefusesEnvironment,
    SharedZone,
    UnusableZone,
    WayOutElsewhere,
    WebServerUnreachable,
    WrongCount,
    WrongEndpointType,
)
from mwaa_guardrails.findings import Failure, Finding, OpenQuestion
from mwaa_guardrails.messages import words
from mwaa_guardrails.messages.lines import contested
from mwaa_guardrails.messages.network_acls import blocked_traffic
from mwaa_guardrails.messages.pages import LIST_OF_CHECKS, page_of
from mwaa_guardrails.messages.policies import denied_requests, long_policy_document, no_policy_document
from mwaa_guardrails.messages.routes import way_out
from mwaa_guardrails.messages.security_groups import blocked_outbound, foreign_group, no_self_reference
from mwaa_guardrails.messages.snippets import folded
from mwaa_guardrails.messages.subnets import public_subnet, wrong_count, zones
from mwaa_guardrails.messages.vpc_endpoints import endpoint_lines
from mwaa_guardrails.unknown import Reason


def finding_text(finding: Finding) -> str:  # noqa: C901, PLR0912 - a case a fault, nothing else
    """Return a finding as lines: the verdict, who decided and a witness, the sentence, the fix, the page."""
    match finding.fault:
        case BlockedOutbound():
            lines = blocked_outbound(finding, finding.fault)
        case BlockedTraffic():
            lines = blocked_traffic(finding, finding.fault)
        case Contested():
            lines = contested(finding, finding.fault)
        case DeniedRequests():
            lines = denied_requests(finding, finding.fault)
        case ForeignGroup():
            lines = foreign_group(finding, finding.fault)
        case LongPolicyDocument():
            lines = long_policy_document(finding, finding.fault)
        case NoPolicyDocument():
            lines = no_policy_document(finding, finding.fault)
        case NoSelfReference():
            lines = no_self_reference(finding, finding.fault)
        case WrongCount():
            lines = wrong_count(finding, finding.fault)
        case PublicSubnet():
            lines = public_subnet(finding, finding.fault)
        case (
            FewPublicSubnets()
            | NatLeadsNowhere()
            | NoRouteToNat()
            | ReachesInternet()
            | WayOutElsewhere()
            | WebServerUnreachable()
        ):
            lines = way_out(finding, finding.fault)
        case SharedZone() | UnusableZone():
            lines = zones(finding, finding.fault)
        case (
            DnsOff()
            | MissingCustomerEndpoints()
            | MissingEndpoints()
            | NoPrivateDns()
            | NotAttached()
            | PrivateDnsTwice()
            | RefusesEnvironment()
            | WrongEndpointType()
        ):
            lines = endpoint_lines(finding, finding.fault)
        case other:
            assert_never(other)
    verdict, *rest = lines
    fix = next(index for index, line in enumerate(rest) if line.startswith("Fix: "))
    sentences = _sentences(finding.requirements)
    remedy = [part for line in rest[fix:] for part in folded(line)]
    more = f"More: {page_of(finding.check)}"
    return "\n".join([f"{finding.check}: {verdict}", *rest[:fix], *sentences, *remedy, more])


def question_texts(questions: Iterable[OpenQuestion]) -> Iterator[tuple[str, str]]:
    """Yield open questions as the URN of a resource and lines, those of one reason about it together."""
    for together in grouped(questions):
        yield together[0].unknown.urn, question_text(together)


def grouped(questions: Iterable[OpenQuestion]) -> tuple[tuple[OpenQuestion, ...], ...]:
    """Return open questions in groups: those about one resource that have one reason."""
    together: dict[tuple[str, bool, Reason], list[OpenQuestion]] = {}
    for each in questions:
        key = (each.unknown.urn, each.unknown.path == "", each.unknown.reason)
        together.setdefault(key, []).append(each)
    return tuple(map(tuple, together.values()))


def question_text(questions: tuple[OpenQuestion, ...]) -> str:
    """Return what is in the way in one resource, why, and which checks wait for it, for one group."""
    unknown = questions[0].unknown
    place = words.made_by(unknown.urn)
    if unknown.path:
        place = f"{', '.join(each.unknown.path for each in questions)} of {place}"
    waiting: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for each in questions:
        waiting.setdefault((each.environments, each.checks), []).append(each.unknown.path)
    lines = [f"undetermined: {place}: {unknown.reason.value}."]
    for (environments, checks), paths in waiting.items():
        what = ", ".join(paths) if len(waiting) > 1 else "it" if len(paths) == 1 else "them"
        about = ", ".join(map(words.environment_name, environments))
        lines.append(f"Waiting for {what}, about {about}: {', '.join(checks)}.")
    return "\n".join([*lines, f"More: {LIST_OF_CHECKS}"])


def failure_text(failure: Failure) -> str:
    """Return a failure of this project as a line; it never quotes the exception's text."""
    return (
        f"undetermined: {failure.part} failed with {failure.exception}. This is a defect of mwaa-guardrails, "
        "not of the stack; the other checks went on."
    )


def _sentences(requirements: Iterable[Requirement]) -> list[str]:
    """Return the sentences with their sections, each page's address once, after its last sentence."""
    by_page: dict[Source, list[str]] = {}
    for each in requirements:
        by_page.setdefault(each.source, []).append(f"AWS, in our words: {each.sentence} ({each.section})")
    return [line for page, said in by_page.items() for line in (*said, f"     {page.title}, {page.url}")]
