"""The stacks that Checkov looks at are right in their language."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.checkov.cloudformation import KINDS, NOT_THERE, Template, logical_id
from tests.checkov.configurations import stack
from tests.checkov.references import Reference, References
from tests.checkov.terraform import terraform
from tools.scanners.objections import Configuration

GUIDE = """\
resource "aws_subnet" "guide-a" {
  cidr_block = "10.192.0.0/24"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_subnet" "guide-b" {
  cidr_block = "10.192.1.0/24"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_network_acl" "guide-acl" {
  # here
  egress {
    action = "allow"
    cidr_block = "0.0.0.0/0"
    from_port = 0
    protocol = "-1"
    rule_no = 100
    to_port = 0
  }
  ingress {
    action = "allow"
    cidr_block = "0.0.0.0/0"
    from_port = 0
    protocol = "-1"
    rule_no = 100
    to_port = 0
  }
  subnet_ids = ["${aws_subnet.guide-a.id}", "${aws_subnet.guide-b.id}"]
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group" "guide-group" {
  description = "Amazon MWAA environment"
  egress {
    cidr_blocks = ["0.0.0.0/0"]
    description = "To everywhere"
    from_port = 0
    protocol = "-1"
    to_port = 0
  }
  ingress {
    description = "From itself"
    from_port = 0
    protocol = "-1"
    self = true
    to_port = 0
  }
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_vpc_endpoint" "guide-sqs" {
  security_group_ids = ["${aws_security_group.guide-group.id}"]
  service_name = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = "Interface"
  vpc_id = "vpc-0123456789abcdef0"
}
"""
IN_CLOUDFORMATION = [each for each in Configuration if each is not Configuration.INLINE]


@pytest.mark.parametrize("configuration", IN_CLOUDFORMATION)
def test_a_template_is_valid(configuration: Configuration, tmp_path: Path) -> None:
    """AWS's linter, with its schemas of every type, has nothing to say."""
    file = tmp_path / "template.json"
    file.write_text(Template(stack(configuration)).text())
    linted = subprocess.run(
        [Path(sys.executable).parent / "cfn-lint", "--regions", "eu-west-1", "--", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (linted.returncode, linted.stdout) == (0, "")


@pytest.mark.parametrize("configuration", IN_CLOUDFORMATION)
def test_a_template_holds_every_resource(configuration: Configuration) -> None:
    """But for those that CloudFormation does not have, or has as parts of others."""
    resources = stack(configuration)
    names = {each.rpartition(".")[2] for each in Template(resources).addresses()}
    assert {logical_id(each) for each in resources if each.type in KINDS} <= names
    without = {each.type for each in resources if each.type not in KINDS}
    assert {each for each in without if not each.startswith("aws:s3/")} <= NOT_THERE


@pytest.mark.parametrize("configuration", Configuration)
def test_nothing_is_taken_from_elsewhere_by_its_text(configuration: Configuration) -> None:
    """Each output that a resource takes stands as a reference, so that rules can follow it."""
    resources = stack(configuration)
    text = terraform(resources)
    references = References(resources)
    taken = [
        part for line in text.splitlines() for part in references.parts(line) if isinstance(part, Reference)
    ]
    assert taken == []


def test_a_stack_in_terraform() -> None:
    """Blocks, lists, references and comments."""
    assert terraform(stack(Configuration.INLINE), {"aws_network_acl.guide-acl": ["here"]}) == GUIDE
