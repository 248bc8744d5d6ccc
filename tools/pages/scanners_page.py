"""The page of other scanners: which rules object to what AWS documents for MWAA, and the waivers."""

import json
from collections.abc import Iterator

from tools.pages.hardened_page import checkov_version, told
from tools.pages.text import GENERATED, cell, table
from tools.scanners.elsewhere import CDK_NAG, PROWLER, RULES, SCANNERS, SECURITY_HUB, TRIVY, Scanner
from tools.scanners.objections import OBJECTIONS
from tools.scanners.practices import PRACTICES, Practice
from tools.scanners.waivers import in_cloudformation, in_settings, in_terraform

_HEAD = f"""\
# Other scanners

{GENERATED}

General scanners object to what AWS documents for the network of an MWAA environment. Here is which rule
objects to what, and how to tell each scanner to let it be. The [hardened](hardened.md) configuration
satisfies most of them instead.

*Run* means that the tests run the scanner, and find what is said here. *Read* means that its documents
or its code say so, and nobody here has run it.
"""
_NO_PULUMI = """
None of them reads Pulumi programs. Those that look at accounts see what Pulumi made; the others meet the
same network where a team writes it in Terraform, CDK or CloudFormation."""
_WAIVERS = """
## Waivers

### Checkov

For everything in a folder, in `.checkov.yaml`, without the lines that do not concern you:

```yaml
{checkov_settings}```

At one resource in Terraform, a comment inside it:

```terraform
resource "aws_network_acl_rule" "inbound" {{
  # {checkov_comment}
  # …
}}
```

At one resource in CloudFormation, its metadata:

```json
{checkov_metadata}
```

All three are run: with them, Checkov has nothing left to say.

### cdk-nag

With cdk-nag 3, on the stack or on one construct; `NagSuppressions` of earlier releases takes the same two
texts. Patterns in policies are acknowledged one by one, under ids such as
`AwsSolutions-IAM5[Resource::*]`.

```typescript
{cdk_nag}
```

### Trivy

In `.trivyignore`:

```text
{trivy}
```

### Prowler

In the file of `--mutelist-file`, with the account; the names of the resources that are meant, in place of
`*`, keep the rest of the account in sight:

```yaml
{prowler}
```

### AWS Config

Of these rules one has a parameter for the resources that it lets be, `no-unrestricted-route-to-igw`:

```json
{{"routeTableIds": "rtb-0123456789abcdef0"}}
```

The others have none: suppress what Security Hub makes of them.

### Security Hub

For a finding of {security_hub}:

```console
aws securityhub batch-update-findings --workflow Status=SUPPRESSED \\
    --finding-identifiers Id=FINDING,ProductArn=PRODUCT \\
    --note "Text=Documented for Amazon MWAA,UpdatedBy=YOU"
```

A finding that is suppressed is no longer updated; the same issue may still be found anew.
"""


def scanners_page() -> str:
    """Return the page that maps conflicts."""
    known = [
        ("Checkov", "Terraform, templates", f"run: {checkov_version()}"),
        *((each.name, each.looks_at, f"read: {each.read}") for each in SCANNERS),
    ]
    lines = [_HEAD, *table(("scanner", "looks at", "how it is known"), known), _NO_PULUMI]
    for practice in PRACTICES:
        lines += ["", f"## {practice.title}", "", *_practice(practice)]
    return "\n".join([*lines, _waivers()])


def _practice(practice: Practice) -> Iterator[str]:
    if practice.requirement:
        source = practice.requirement.source
        yield f"> {practice.requirement.sentence}"
        yield ">"
        yield f"> [{source.title}]({source.url}), {practice.requirement.section}"
    else:
        yield "The guide neither asks for it nor forbids it."
    yield ""
    rows = [*_rows_of_checkov(practice), *_rows_of_others(practice)]
    if rows:
        yield from table(("scanner", "rule", "asks for", "known by", "hardened"), rows)
    else:
        yield "No rule of these scanners objects: Checkov's were run, those of the others read."


def _rows_of_checkov(practice: Practice) -> Iterator[tuple[str, ...]]:
    for each in {each.rule: each for each in OBJECTIONS if each.practice is practice}.values():
        yield ("Checkov", each.rule, cell(each.asks), "run", told(each.answer, stands=each.stands))


def _rows_of_others(practice: Practice) -> Iterator[tuple[str, ...]]:
    for each in RULES:
        if each.practice is practice:
            link = f"[{each.id}]({each.url})"
            yield (each.scanner.name, link, cell(each.asks), "read", told(each.answer, stands=each.stands))


def _waivers() -> str:
    entry, *_ = (each for each in OBJECTIONS if each.rule == "CKV_AWS_352")
    log_group, *_ = (each for each in OBJECTIONS if each.rule == "CKV_AWS_158")
    hub = ", ".join(rule for rule, _ in _reasons(SECURITY_HUB))
    return _WAIVERS.format(
        checkov_settings=in_settings(OBJECTIONS),
        checkov_comment=in_terraform(entry),
        checkov_metadata=json.dumps({"Metadata": in_cloudformation([log_group])}, indent=2),
        cdk_nag="\n".join(
            f"Validations.of(stack).acknowledge({{ id: '{rule}', reason: '{why}' }});"
            for rule, why in _reasons(CDK_NAG)
        ),
        trivy="\n".join(f"# {why}\n{rule}" for rule, why in _reasons(TRIVY)),
        prowler="\n".join(_muted()),
        security_hub=hub,
    )


def _reasons(scanner: Scanner) -> list[tuple[str, str]]:
    return [(each.id, each.practice.waiver) for each in RULES if each.scanner is scanner]


def _muted() -> Iterator[str]:
    yield from ("Mutelist:", "  Accounts:", '    "123456789012":', "      Checks:")
    for rule, why in _reasons(PROWLER):
        yield f"        {rule}:"
        yield from ('          Regions: ["*"]', '          Resources: ["*"]', f"          Description: {why}")
