"""A project with one VPC and a policy pack, and the commands of the local cloud run on it as processes."""

import subprocess
import sys
from pathlib import Path

import boto3
import yaml

from local_cloud.aws_process import LocalAws, running_aws
from local_cloud.paths import REPOSITORY, Places
from tests.engine.workbench import VIRTUALENV, small_project

VPC = """
import pulumi
import pulumi_aws as aws

vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16")
pulumi.export("vpc", vpc.id)
"""

PACK = """
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy

def judge(args, report):
    if args.props.get("cidrBlock") == "10.9.0.0/16":
        report("10.9.0.0/16 is taken")

policy = ResourceValidationPolicy("cidr-taken", "CIDR blocks are free", judge, EnforcementLevel.MANDATORY)
PolicyPack("small-pack", policies=[policy])
"""

RUN_COMMAND = """
import sys
from pathlib import Path
from local_cloud import commands
from local_cloud.paths import Places

project, local, command, *arguments = sys.argv[1:]
places = Places(project=Path(project), local=Path(local))
code = getattr(commands, command)(places, *([arguments] if arguments else []))
sys.exit(code)
"""


def start(places: Places, command: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a command of the local cloud in a process and a session of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", RUN_COMMAND, str(places.project), str(places.local), command, *arguments],
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def do(places: Places, command: str, *arguments: str, code: int | None = 0) -> str:
    """Run a command of the local cloud, which ends with this code or, for None, fails; returns its output."""
    with start(places, command, *arguments) as process:
        told = process.communicate()[0]
    assert process.returncode == code if code is not None else process.returncode != 0, told
    return told


def make_places(folder: Path) -> Places:
    """A small project with a policy pack, in a local folder of its own."""
    project = small_project(folder, VPC, config={"aws:region": "eu-west-1"})
    pack = project / "policy_pack"
    pack.mkdir()
    runtime = {"name": "python", "options": {"virtualenv": str(VIRTUALENV)}}
    (pack / "PulumiPolicy.yaml").write_text(yaml.safe_dump({"runtime": runtime}))
    (pack / "__main__.py").write_text(PACK)
    return Places(project=project, local=folder / "local")


def write_program(places: Places, program: str) -> None:
    """Put another program in the place of the project's."""
    (places.project / "infra" / "__main__.py").write_text(program)


def aws_of(places: Places) -> LocalAws:
    """The local AWS, which runs."""
    aws = running_aws(places.aws)
    assert aws is not None
    return aws


def vpcs(places: Places) -> list[str]:
    """The CIDR blocks of the VPCs in the local AWS, but for the one that every account begins with."""
    session = boto3.session.Session("local", "local", region_name="eu-west-1")
    ec2 = session.client("ec2", endpoint_url=aws_of(places).endpoint)
    return sorted(vpc["CidrBlock"] for vpc in ec2.describe_vpcs()["Vpcs"] if not vpc.get("IsDefault"))
