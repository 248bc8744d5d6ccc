"""Flow logs of VPCs, sent to a bucket."""

from collections.abc import Mapping
from typing import Final

from local_cloud.provider.aws import ec2
from local_cloud.provider.types.kind import (
    Kind,
    arn,
    change_tags,
    only,
    refuse,
    tag_specifications,
    tags_of,
)
from local_cloud.provider.values import Props


def _create(props: Props) -> str:
    if props.get("logDestinationType") != "s3" or not props.get("vpcId"):
        raise refuse("InvalidParameter", "the local AWS sends flow logs of VPCs to buckets only")
    made = ec2(props["region"]).create_flow_logs(
        ResourceType="VPC",
        ResourceIds=[props["vpcId"]],
        TrafficType=props["trafficType"],
        LogDestinationType="s3",
        LogDestination=props["logDestination"],
        MaxAggregationInterval=props["maxAggregationInterval"],
        TagSpecifications=tag_specifications("vpc-flow-log", props),
    )
    # What is wrong with a flow log does not fail the call.
    for each in made.get("Unsuccessful", ()):
        raise refuse(each["Error"]["Code"], each["Error"]["Message"])
    return made["FlowLogIds"][0]


def _read(id_: str, state: Props) -> Props | None:
    log = only(ec2(state["region"]).describe_flow_logs(FlowLogIds=[id_])["FlowLogs"])
    if log is None:
        return None
    return {
        "arn": arn(state["region"], "vpc-flow-log", id_),
        "logDestination": log["LogDestination"],
        "logDestinationType": log["LogDestinationType"],
        "logFormat": log["LogFormat"],
        "maxAggregationInterval": int(log["MaxAggregationInterval"]),
        "region": state["region"],
        "trafficType": log["TrafficType"],
        "vpcId": log["ResourceId"],
        **tags_of(log, state),
    }


def _delete(id_: str, state: Props) -> None:
    ec2(state["region"]).delete_flow_logs(FlowLogIds=[id_])


KINDS: Final[Mapping[str, Kind]] = {
    "aws:ec2/flowLog:FlowLog": Kind(create=_create, read=_read, update=change_tags, delete=_delete)
}
