"""What the pages ask for, sentence by sentence, and what we take each sentence to mean: a module a topic."""

from typing import Final

from mwaa_guardrails.documents.requirements import (
    customer_endpoints,
    environments,
    network_acls,
    overview,
    policy_documents,
    security_groups,
    subnets,
    vpc_endpoints,
    web_server,
)
from mwaa_guardrails.documents.requirements.customer_endpoints import *
from mwaa_guardrails.documents.requirements.environments import *
from mwaa_guardrails.documents.requirements.network_acls import *
from mwaa_guardrails.documents.requirements.overview import *
from mwaa_guardrails.documents.requirements.policy_documents import *
from mwaa_guardrails.documents.requirements.requirement import *
from mwaa_guardrails.documents.requirements.requirement import Requirement
from mwaa_guardrails.documents.requirements.security_groups import *
from mwaa_guardrails.documents.requirements.subnets import *
from mwaa_guardrails.documents.requirements.vpc_endpoints import *
from mwaa_guardrails.documents.requirements.web_server import *

# In the order of the guide's own page on security, then of the other pages.
_TOPICS: Final = (
    overview,
    network_acls,
    security_groups,
    policy_documents,
    subnets,
    vpc_endpoints,
    customer_endpoints,
    web_server,
    environments,
)
# Every sentence that stands in a module is listed; none can be forgotten.
REQUIREMENTS: Final[tuple[Requirement, ...]] = tuple(
    each for topic in _TOPICS for each in vars(topic).values() if isinstance(each, Requirement)
)
