"""All mutations: those for either form of the stack, and those for one form only."""

from collections.abc import Mapping
from typing import Final

from tests.policy_pack.mutations import endpoints, network_acls, security_groups, subnets
from tests.policy_pack.mutations.program import Form
from tests.policy_pack.mutations.rows import Mutation

ROWS: Final[tuple[Mutation, ...]] = (
    *network_acls.ROWS,
    *security_groups.ROWS,
    *subnets.ROWS,
    *endpoints.ROWS,
)
ROWS_OF_FORM: Final[Mapping[Form, tuple[Mutation, ...]]] = {
    Form.DECLARED: (*security_groups.DECLARED_ROWS, *subnets.DECLARED_ROWS),
    Form.WITH_ENVIRONMENT: (*subnets.ENVIRONMENT_ROWS, *endpoints.ENVIRONMENT_ROWS),
}
