"""Endpoints that the customer makes: what is missing is named as far as it can be known."""

import pytest

from mwaa_guardrails.aws.model import EnvironmentPart
from mwaa_guardrails.evaluation import evaluate
from mwaa_guardrails.faults import MissingCustomerEndpoints
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.net.tables import rows
from tests.policy_pack.networks import changed
from tests.policy_pack.shapes.endpoints import (
    CUSTOMER_ENDPOINTS,
    DATABASE_SERVICE,
    WEB_SERVER_SERVICE,
    customer,
    own,
)
from tests.policy_pack.shapes.security_groups import HTTPS, LINE, TO_S3, group, out
from tests.policy_pack.stacks import Made, Rendering, ref, render
from tests.policy_pack.verdicts import CUSTOMER, OUTBOUND, Verdict, advice, undetermined, verdict, violation

Stack = tuple[Made, ...]

DATABASE, WEB_SERVER = EnvironmentPart.DATABASE, EnvironmentPart.WEB_SERVER
_DATABASE, _WEB = CUSTOMER_ENDPOINTS
_OF_A_NAME_NOT_KNOWN = own("other", Opaque.COMPUTED)
_ACCESS = ("env", "webserverAccessMode")
# What the stack shows, and when; what is missing for sure, whether one of it is there, what is asked.
MISSING: list[tuple[str, Stack, Rendering, tuple[EnvironmentPart, ...], bool, frozenset[tuple[str, str]]]] = [
    ("none of them", customer(), Rendering.PREVIEW, (DATABASE, WEB_SERVER), False, frozenset()),
    ("the web server's", customer(_DATABASE), Rendering.DEPLOYED, (WEB_SERVER,), False, frozenset()),
    ("the database's", customer(_WEB), Rendering.DEPLOYED, (DATABASE,), False, frozenset()),
    (
        "one of them, before names are known",
        customer(_DATABASE),
        Rendering.PREVIEW,
        (DATABASE, WEB_SERVER),
        True,
        frozenset(),
    ),
    (
        "one of them, where an endpoint may lead anywhere",
        customer(_OF_A_NAME_NOT_KNOWN),
        Rendering.DEPLOYED,
        (DATABASE, WEB_SERVER),
        True,
        frozenset(),
    ),
    (
        "the web server's, unless an endpoint leads there",
        customer(_DATABASE, _OF_A_NAME_NOT_KNOWN),
        Rendering.DEPLOYED,
        (),
        False,
        frozenset({("other", "serviceName")}),
    ),
    (
        "the database's, and the web server may be public alone",
        customer(webserverAccessMode=Opaque.COMPUTED),
        Rendering.DEPLOYED,
        (DATABASE,),
        False,
        frozenset({_ACCESS}),
    ),
    (
        "the web server's, which may be public alone",
        customer(_DATABASE, webserverAccessMode=Opaque.COMPUTED),
        Rendering.DEPLOYED,
        (),
        False,
        frozenset({_ACCESS}),
    ),
    (
        "one of them, and the web server may be public alone",
        customer(_DATABASE, webserverAccessMode=Opaque.COMPUTED),
        Rendering.PREVIEW,
        (),
        False,
        frozenset({_ACCESS}),
    ),
    (
        "the database's, where the web server has one and may be public alone",
        customer(_WEB, webserverAccessMode=Opaque.COMPUTED),
        Rendering.DEPLOYED,
        (DATABASE,),
        False,
        frozenset(),
    ),
    (
        "neither, whatever the access mode",
        customer(_DATABASE, _WEB, webserverAccessMode=Opaque.COMPUTED),
        Rendering.PREVIEW,
        (),
        False,
        frozenset(),
    ),
    (
        "two endpoints of the database",
        customer(_DATABASE, own("more", DATABASE_SERVICE)),
        Rendering.DEPLOYED,
        (WEB_SERVER,),
        False,
        frozenset(),
    ),
]


@pytest.mark.parametrize(("stack", "rendering", "parts", "one", "asked"), rows(MISSING))
def test_what_is_missing_is_named_as_far_as_it_can_be_known(
    stack: Stack,
    rendering: Rendering,
    parts: tuple[EnvironmentPart, ...],
    one: bool,  # noqa: FBT001 - a column
    asked: frozenset[tuple[str, str]],
) -> None:
    """What may be there, or may not be needed, is asked about."""
    evaluation = evaluate(render(stack, rendering))
    found = [each.fault for each in evaluation.advice if isinstance(each.fault, MissingCustomerEndpoints)]
    assert [(each.parts, each.one_is_there) for each in found] == ([(parts, one)] if parts else [])
    assert asked == {
        (each.unknown.urn.rpartition("::")[2], each.unknown.path)
        for each in evaluation.undetermined
        if CUSTOMER in each.checks
    }


@pytest.mark.parametrize(
    ("guarded", "rendering", "expected"),
    rows(
        (
            (
                "both, once their services are known",
                ("database", "web"),
                Rendering.DEPLOYED,
                advice(OUTBOUND, "group"),
            ),
            ("both, before", ("database", "web"), Rendering.PREVIEW, undetermined("database", "serviceName")),
            ("the web server's alone", ("web",), Rendering.DEPLOYED, violation(OUTBOUND, "group")),
        )
    ),
)
def test_what_is_let_out_to_the_groups_of_the_endpoints_reaches_them(
    guarded: tuple[str, ...], rendering: Rendering, expected: Verdict
) -> None:
    """The database and the web server stand behind these, not behind the environment's own group."""
    services = {"database": DATABASE_SERVICE, "web": WEB_SERVER_SERVICE}
    stack = changed(
        customer(),
        *(
            own(name, service, securityGroupIds=[ref("own" if name in guarded else "group")])
            for name, service in services.items()
        ),
        group("own", ingress=[{**LINE, "securityGroups": [ref("group")]}]),
        out("to-own", referencedSecurityGroupId=ref("own"), ipProtocol="-1"),
        out("to-services", cidrIpv4="10.0.0.0/16", **HTTPS),
        TO_S3,
        without=("outbound",),
    )
    assert verdict(render(stack, rendering)) == expected
