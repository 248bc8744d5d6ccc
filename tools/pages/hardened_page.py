"""The page of the hardened configuration: what scanners say of the documented networks, and its answer."""

import re
from collections.abc import Iterator

import yaml

from tools.pages.text import GENERATED, ROOT, cell, table
from tools.scanners.elsewhere import RULES, SCANNERS
from tools.scanners.objections import HARDENED_KEYS, OBJECTIONS, SATISFIED

_HEAD = f"""\
# Hardened

{GENERATED}

Scanners object to the network that AWS documents for MWAA: it lets everything through where they want
ports. The hardened configuration is the narrowest that AWS's pages support, and our own checks have
nothing to say of it. As a program: [examples/hardened](../examples/hardened/README.md). As keys of the
network program:
"""
_CHECKOV = """\
The key of one's own (`customer_key`) and the Airflow UI inside the VPC are choices of the component
`Environment`, as in the example.

## What Checkov says

The tests run Checkov {version}, with all of its rules, on the network program with `environment: true`
(public and private routing, no other key), on the guide's security group and network ACL with rules and
entries inline, and on the example. Checkov reads no Pulumi programs; so each stack is written out as
Terraform, whose provider pulumi-aws is made from, and as a CloudFormation template. It says this and
nothing else:
"""
_SUM = """\
{answered} rules object to the documented network and not to the hardened one. {standing} stand:
{ids}. [Waivers](other-scanners.md#waivers) for all.

By rules that one may know from elsewhere both documented networks are right already:
"""
_OTHERS = """\
## What other scanners ask for

By their own documents and code: nobody here has run these.
"""


def hardened_page() -> str:
    """Return the page that tells, rule by rule, what the hardened configuration is for."""
    standing = list(dict.fromkeys(each.rule for each in OBJECTIONS if each.stands))
    rules = {each.rule for each in OBJECTIONS}
    keys = {f"mwaa-network:{key}": value for key, value in HARDENED_KEYS.items()}
    return "\n".join(
        [
            _HEAD,
            "```yaml",
            yaml.safe_dump(keys, sort_keys=False).rstrip(),
            "```",
            "",
            _CHECKOV.format(version=checkov_version()),
            *table(("rule", "asks for", "objects to", "the hardened configuration"), _rows()),
            "",
            _SUM.format(answered=len(rules) - len(standing), standing=len(standing), ids=", ".join(standing)),
            *table(("rule", "what it finds"), list(SATISFIED.items())),
            "",
            _OTHERS,
            *table(("scanner", "rule", "what satisfies it"), _rows_of_others()),
            "",
        ]
    )


def checkov_version() -> str:
    """Return the release of Checkov that the tests run."""
    locked = (ROOT / "tests" / "checkov" / "requirements.txt").read_text(encoding="utf-8")
    (version,) = re.findall(r"^checkov==(\S+)", locked, re.MULTILINE)
    return str(version)


def told(answer: str, *, stands: bool) -> str:
    """Return an answer as a cell that tells whether the objection stands."""
    return cell(f"*Stands:* {answer}" if stands else answer).replace("\\*", "*")


def _rows() -> Iterator[tuple[str, ...]]:
    """Yield a row a rule."""
    for rule in dict.fromkeys(each.rule for each in OBJECTIONS):
        rows = [each for each in OBJECTIONS if each.rule == rule]
        yield (
            rule,
            cell(rows[0].asks),
            "<br>".join(
                f"`{resource}`: {', '.join(each.raised_by)}" for each in rows for resource in each.resources
            ),
            told(rows[0].answer, stands=rows[0].stands),
        )


def _rows_of_others() -> Iterator[tuple[str, ...]]:
    for scanner in SCANNERS:
        for each in RULES:
            if each.scanner is scanner:
                yield (scanner.name, f"[{each.id}]({each.url})", told(each.answer, stands=each.stands))
