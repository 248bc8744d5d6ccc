"""The audit from a clone, without installing it: `python audit COMMAND`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "policy_pack"))

from mwaa_audit.command_line import main

if __name__ == "__main__":
    main()
