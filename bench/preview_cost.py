"""What the policy pack adds to a preview of the network: medians of alternating runs on the real engine.

python -m bench.preview_cost [RUNS]
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from local_cloud.paths import engine_store
from local_cloud.pulumi_engine import find_engine
from tests.engine.workbench import POLICY_PACK, Workbench, copy_of_repository, workbench

BUDGET_SECONDS: Final = 1.5


def main(runs: int) -> int:
    """Print both medians and their difference; return 1 when it is over the budget."""
    engine = find_engine(engine_store(), os.environ)
    with tempfile.TemporaryDirectory() as folder:
        project = copy_of_repository(Path(folder))
        with workbench(project, Path(folder) / "local", engine) as bench:
            _preview(bench, None)  # the first run compiles what Python keeps compiled afterwards
            _preview(bench, POLICY_PACK)
            without, with_pack = [], []
            for _ in range(runs):
                without.append(_preview(bench, None))
                with_pack.append(_preview(bench, POLICY_PACK))
    cost = statistics.median(with_pack) - statistics.median(without)
    print(f"preview without the pack: median {statistics.median(without):.2f} s of {runs}")
    print(f"preview with the pack:    median {statistics.median(with_pack):.2f} s of {runs}")
    print(f"cost of the pack:         {cost:.2f} s, budget {BUDGET_SECONDS:.2f} s")
    return int(cost > BUDGET_SECONDS)


def _preview(bench: Workbench, policy_pack: Path | None) -> float:
    start = time.monotonic()
    result = bench.preview(policy_pack=policy_pack)
    elapsed = time.monotonic() - start
    if result.code:
        raise SystemExit(result.output)
    return elapsed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 5))
