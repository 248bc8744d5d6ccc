"""Previews a stack under the policy pack by Pulumi's Automation API, and updates it if nothing is wrong.

Run it as `python automation_api.py PROJECT_FOLDER STACK POLICY_PACK`.
"""

import sys

from pulumi import automation

MANDATORY = "mandatory"


def deploy(project: str, stack_name: str, policy_pack: str) -> int:
    """Preview first: it judges all before anything is made. Return an exit code."""
    stack = automation.select_stack(stack_name, work_dir=project)
    told: list[automation.PolicyEvent] = []

    def listen(event: automation.EngineEvent) -> None:
        if event.policy_event is not None:
            told.append(event.policy_event)

    try:
        stack.preview(policy_packs=[policy_pack], on_event=listen)
    except automation.CommandError as error:
        stopping = [each for each in told if each.enforcement_level == MANDATORY]
        for each in stopping:
            sys.stdout.write(f"{each.policy_name}: {each.message}\n")
        if not stopping:
            sys.stdout.write(f"{error}\n")
        return 1
    stack.up(policy_packs=[policy_pack])
    return 0


if __name__ == "__main__":
    sys.exit(deploy(*sys.argv[1:]))
