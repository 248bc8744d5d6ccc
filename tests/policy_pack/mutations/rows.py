"""One mutation and what must be said of it."""

from typing import Final, TypeAlias

from tests.policy_pack.mutations.changes import Change
from tests.policy_pack.mutations.program import PRIVATE, PUBLIC, Base
from tests.policy_pack.verdicts import Verdict

# A sentence, the configurations of the program that are changed, the change, and all that is said of it.
Mutation: TypeAlias = tuple[str, tuple[Base, ...], Change, Verdict]

EITHER: Final = (PUBLIC, PRIVATE)
IN_PUBLIC: Final = (PUBLIC,)
IN_PRIVATE: Final = (PRIVATE,)
