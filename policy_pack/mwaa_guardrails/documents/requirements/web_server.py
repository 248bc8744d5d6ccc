"""What the pages say of the ways to the Airflow web server."""

from typing import Final

from mwaa_guardrails.documents.requirements.requirement import Requirement, State, Strength
from mwaa_guardrails.documents.sources import CONFIGURING_NETWORKING

WEB_SERVER_PUBLIC_NEEDS_INTERNET: Final = Requirement(
    id="web-server-public-needs-internet",
    sentence="From Airflow 3, workers of a PUBLIC_ONLY environment reach the web server over the internet.",
    source=CONFIGURING_NETWORKING,
    section="Public network access mode",
    strength=Strength.MUST,
    state=State.STATED,
    reason="No check compares stacks with it.",
)
