"""How many examples the laws are tried on: `make proof` raises the number, the code stays the same."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "300"))
# Sabotaged stacks are large, and drawing one takes the time that a check of health does not know of.
_SLOW: Final = (HealthCheck.too_slow, HealthCheck.data_too_large)
FUZZ: Final = settings(
    max_examples=max(EXAMPLES // 2, 20), deadline=None, print_blob=True, suppress_health_check=_SLOW
)
LAWS: Final = settings(
    max_examples=max(EXAMPLES // 5, 20), deadline=None, print_blob=True, suppress_health_check=_SLOW
)
