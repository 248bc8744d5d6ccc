"""What every type of resource can do, and what several of them share."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from botocore.exceptions import ClientError

from local_cloud.provider.aws import ACCOUNT, RefusedError, ec2
from local_cloud.provider.values import Props

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How one type is made, read, changed and removed.

    Attributes:
        create: Makes it from checked inputs, or finds what it adopts; returns its id.
        read: Returns its outputs by id and last state; None when it is gone. An output that is None has no
            value any more.
        delete: Removes it.
        finish: What making it takes beyond the call that gives the id. It can be done again: when AWS refuses
            a part, the next update does all of it.
        update: Changes it from old to new inputs; None for a type whose every change replaces.
    """

    create: Callable[[Props], str]
    read: Callable[[str, Props], Props | None]
    delete: Callable[[str, Props], None]
    finish: Callable[[str, Props], None] | None = None
    update: Callable[[str, Props, Props], None] | None = None


def unless_gone(ask: Callable[[], _Answer]) -> _Answer | None:
    """Return what AWS answers about a part; None when it knows of none."""
    try:
        return ask()
    except ClientError:
        return None


def keep(_id: str, _state: Props) -> None:
    """Leave what a resource only adopted as it is."""


def partition(region: str) -> str:
    """Return the partition of a Region, as ARNs name it."""
    return "aws-cn" if region.startswith("cn-") else "aws"


def arn(region: str, kind: str, id_: str) -> str:
    """Return the ARN of a part of EC2."""
    return f"arn:{partition(region)}:ec2:{region}:{ACCOUNT}:{kind}/{id_}"


def refuse_what_is_not_made(token: str, props: Props, made: frozenset[str]) -> None:
    """Refuse properties that this provider does not carry out; ignoring them would be a lie."""
    for key, value in props.items():
        if key not in made and value not in (None, False):
            raise RefusedError(f"the local AWS provider does not carry out {token}.{key} yet; leave it out")


def tag_list(tags: Mapping[str, str]) -> Any:  # noqa: ANN401 - each service has a type of its own for them
    """Return tags as most services take them."""
    return [{"Key": key, "Value": tags[key]} for key in tags]


def tag_specifications(kind: str, props: Props) -> Any:  # noqa: ANN401 - boto3's type is a literal for each kind
    """Return the tags for a part to be made."""
    tags = props.get("tagsAll") or {}
    if not tags:
        return []
    return [{"ResourceType": kind, "Tags": tag_list(tags)}]


def tags_of(part: Mapping[str, Any], props: Props) -> Props:
    """Return the tags as last read, those of the provider's own defaults apart; None for no tags."""
    found = {tag["Key"]: tag["Value"] for tag in part.get("Tags", ())}
    defaults = {
        key: value
        for key, value in (props.get("tagsAll") or {}).items()
        if key not in (props.get("tags") or {})
    }
    own = {key: value for key, value in found.items() if defaults.get(key) != value}
    return {"tagsAll": found, "tags": own or None}


def changed_tags(olds: Props, news: Props) -> tuple[list[str], dict[str, str]]:
    """Return the keys of the tags that go, and the tags that come or change."""
    before, after = olds.get("tagsAll") or {}, news.get("tagsAll") or {}
    gone = [key for key in before if key not in after]
    return gone, {key: value for key, value in after.items() if before.get(key) != value}


def change_tags(id_: str, olds: Props, news: Props) -> None:
    """Bring the tags of a part of EC2 from the old to the new."""
    client = ec2(news["region"])
    gone, new = changed_tags(olds, news)
    if gone:
        client.delete_tags(Resources=[id_], Tags=[{"Key": key} for key in gone])
    if new:
        client.create_tags(Resources=[id_], Tags=tag_list(new))


def only(parts: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the one part that AWS found, or None."""
    return next(iter(parts), None)


def refuse(code: str, message: str) -> RefusedError:
    """Return AWS's refusal."""
    return RefusedError(f"api error {code}: {message}")
