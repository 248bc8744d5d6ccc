"""What the guide says of its terms, and of what protects a VPC."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import (
    ASKS_FOR_NOTHING,
    Requirement,
    Scope,
    State,
    Strength,
)
from mwaa_guardrails.documents.sources import VPC_SECURITY, VPC_SECURITY_JAPANESE

COMPONENTS_NEED_THEIR_SETTINGS: Final = Requirement(
    id="components-need-their-settings",
    sentence=(
        "The page names the components of a VPC that protect an environment, and the settings they need."
    ),
    source=VPC_SECURITY,
    section="Preface",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason="It introduces the page; the sentences that follow say which settings.",
)
ENGLISH_VERSION_GOVERNS: Final = Requirement(
    id="english-version-governs",
    sentence=(
        "The translation is made by a machine; where it departs from the English version, the English "
        "prevails."
    ),
    source=VPC_SECURITY_JAPANESE,
    section="Preface",
    strength=Strength.MUST,
    reading=(
        "The older translation still asks for rules toward NAT gateways and prints a placeholder for the "
        "Region; we read it in the light of today's English page."
    ),
    state=State.STATED,
    reason="It says which text to read, and asks nothing of a network.",
)
PUBLIC_ROUTING_HAS_INTERNET: Final = Requirement(
    id="public-routing-has-internet",
    sentence="Public routing: a VPC network that has access to the internet.",
    source=VPC_SECURITY,
    section="Terms",
    strength=Strength.DEFINED,
    reading=(
        "The effective routes of the two subnets decide, or a tag that states the intention; the web "
        "server's access mode, which some pages call by the same words, never does."
    ),
    scope=Scope.PUBLIC,
    built_by=("internet.py", "routing.py"),
)
PRIVATE_ROUTING_HAS_NO_INTERNET: Final = Requirement(
    id="private-routing-has-no-internet",
    sentence="Private routing: a VPC network without access to the internet.",
    source=VPC_SECURITY,
    section="Terms",
    strength=Strength.DEFINED,
    reading=(
        "The effective routes of the two subnets decide, or a tag that states the intention; the web "
        "server's access mode, which some pages call by the same words, never does. A way out by a "
        "transit gateway, a peering connection or a firewall is neither routing."
    ),
    scope=Scope.PRIVATE,
    state=State.STATED,
    built_by=("routing.py",),
    reason="A definition: it tells which of the other sentences hold for an environment.",
)
GROUPS_AND_ACLS_CONTROL_TRAFFIC: Final = Requirement(
    id="groups-and-acls-control-traffic",
    sentence=(
        "Security groups and network ACLs control the traffic across a VPC's subnets and instances, by "
        "rules that its owner states."
    ),
    source=VPC_SECURITY,
    section="Security overview",
    strength=Strength.DESCRIBED,
    state=State.STATED,
    reason=ASKS_FOR_NOTHING,
)
