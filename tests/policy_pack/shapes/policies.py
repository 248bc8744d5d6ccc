"""Policy documents of VPC endpoints: rows 107 to 121, and row 100, one in a resource of its own."""

import json
from dataclasses import replace
from typing import Final

from mwaa_guardrails.checks.check import Options, Substitutes
from mwaa_guardrails.reading.resource import Opaque
from tests.policy_pack.networks import (
    changed,
    endpoint,
    environment,
    interface_endpoint,
    right_private_network,
)
from tests.policy_pack.shapes.rows import Row
from tests.policy_pack.stacks import Made, Written, made, ref
from tests.policy_pack.verdicts import (
    POLICY,
    S3_POLICY,
    SILENT,
    Verdict,
    advice,
    undetermined,
    violation,
)

LAYERS: Final = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"
DAGS: Final = "arn:aws:s3:::dags"
READS: Final[list[Written]] = ["s3:GetObject*", "s3:GetBucket*", "s3:List*"]
QUEUES: Final = "arn:aws:sqs:eu-west-1:*:airflow-celery-*"
ACCOUNT: Final = "123456789012"
CHECKED_BY: Final = {"s3": S3_POLICY}


def env(**inputs: Written) -> Made:
    """Return the environment of the networks here, with some properties changed."""
    bare = environment(["a", "b"], ["group"])
    return replace(bare, inputs={**bare.inputs, "name": "flows", "sourceBucketArn": DAGS, **inputs})


RIGHT: Final = changed(right_private_network(), env())


def statement(effect: str = "Allow", **parts: Written) -> dict[str, Written]:
    """Return a statement about everything, with some parts changed."""
    about: dict[str, Written] = {"Effect": effect}
    for key in ("Principal", "Action", "Resource"):
        if key not in parts and f"Not{key}" not in parts:
            about[key] = "*"
    return {**about, **parts}


FULL: Final = statement()
LAYERS_ONLY: Final = statement(Sid="Layers", Action=["s3:GetObject"], Resource=[LAYERS])
DAGS_ONLY: Final = statement(Action=READS, Resource=[DAGS, f"{DAGS}/*"])


def document(*statements: Written, **parts: Written) -> dict[str, Written]:
    """Return a policy document."""
    return {"Version": "2012-10-17", "Statement": list(statements), **parts}


def long_document(characters: int) -> dict[str, Written]:
    """Return a policy document for everything that has so many characters without white space."""
    spare = characters - len(json.dumps(document(FULL, Id=""), separators=(",", ":")))
    return document(FULL, Id="a" * spare)


def s3(*statements: Written, policy: Written = None) -> tuple[Made, ...]:
    """Return a network whose S3 endpoint has a policy document of some statements, or what is given."""
    gateway = endpoint(
        "s3",
        vpcEndpointType="Gateway",
        routeTableIds=[ref("private-table")],
        policy=document(*statements) if policy is None else policy,
    )
    return changed(RIGHT, gateway)


def interface(service: str, *statements: Written) -> tuple[Made, ...]:
    """Return a network with a policy document on an interface endpoint, as JSON text."""
    return changed(RIGHT, interface_endpoint(service, policy=json.dumps(document(*statements))))


def row(number: int, sentence: str, stack: tuple[Made, ...], verdict: Verdict = SILENT) -> Row:
    """Return a row that is judged alike in all renderings."""
    return Row(number=number, sentence=sentence, stack=stack, verdict=verdict)


def _elsewhere(stack: tuple[Made, ...], region: str) -> tuple[Made, ...]:
    """Return a stack with another Region wherever it names one."""

    def moved(written: Written) -> Written:
        match written:
            case str():
                return written.replace("eu-west-1", region)
            case list():
                return [moved(each) for each in written]
            case dict():
                return {key: moved(each) for key, each in written.items()}
            case _:
                return written

    return tuple(
        replace(each, inputs={"region": region, **{key: moved(value) for key, value in each.inputs.items()}})
        for each in stack
    )


EVERYONE: Final[tuple[Written, ...]] = ("*", {"AWS": "*"}, {"AWS": ["*"]})
S3_DENIES: Final = violation(S3_POLICY, "s3")
SEPARATE: Final = "ec2/vpcEndpointPolicy:VpcEndpointPolicy"
_DECLARED: Final[dict[str, Written]] = {"mwaa:environment": "flows", "mwaa:routing": "private"}


def _declared(*statements: Written) -> tuple[Made, ...]:
    """Return the network without its environment, which its subnets and its group declare."""
    tagged = [
        replace(each, inputs={**each.inputs, "tags": _DECLARED}) for each in RIGHT if each.name in "ab group"
    ]
    return changed(s3(*statements), *tagged, without=("env",))


def native_s3(policy: Written) -> tuple[Made, ...]:
    """Return the network with an S3 endpoint of aws-native that has a policy document."""
    inputs: dict[str, Written] = {
        "vpcId": ref("vpc"),
        "serviceName": "com.amazonaws.eu-west-1.s3",
        "vpcEndpointType": "Gateway",
        "routeTableIds": [ref("private-table")],
        "policyDocument": policy,
    }
    return changed(RIGHT, Made("aws-native:ec2:VpcEndpoint", "s3", inputs))


_DOCUMENTS: Final = (
    row(107, "no policy", RIGHT),
    row(107, "allow everything, as an object", s3(FULL)),
    row(107, "allow everything, as JSON", s3(policy=json.dumps(document(FULL)))),
    row(107, "allow everything, without Version, one statement", s3(policy={"Statement": FULL})),
    row(
        107,
        "allow everything, keys in lower case",
        s3(policy={"statement": {k.lower(): v for k, v in FULL.items()}}),
    ),
    row(107, "an empty text", s3(policy="")),
    row(107, "the guide's two statements", s3(LAYERS_ONLY, DAGS_ONLY)),
    row(
        100,
        "a policy as a resource of its own",
        changed(RIGHT, made(SEPARATE, "p", vpcEndpointId=ref("s3"), policy=json.dumps(document(FULL)))),
    ),
    row(
        100,
        "a wrong policy as a resource of its own",
        changed(RIGHT, made(SEPARATE, "p", vpcEndpointId=ref("s3"), policy=json.dumps(document(DAGS_ONLY)))),
        S3_DENIES,
    ),
    row(
        100,
        "a policy on the endpoint, and another as a resource of its own",
        changed(
            s3(FULL), made(SEPARATE, "p", vpcEndpointId=ref("s3"), policy=json.dumps(document(DAGS_ONLY)))
        ),
        undetermined("p", "policy"),
    ),
    row(
        100,
        "one policy twice",
        changed(s3(FULL), made(SEPARATE, "p", vpcEndpointId=ref("s3"), policy=json.dumps(document(FULL)))),
    ),
    row(
        100,
        "a policy of nobody knows which endpoint",
        changed(RIGHT, made(SEPARATE, "p", vpcEndpointId=Opaque.COMPUTED, policy="{}")),
        undetermined("p", "vpcEndpointId"),
    ),
    row(107, "allow everything, in aws-native", native_s3(document(FULL))),
    row(
        107,
        "allow everything, as aws-native to 1.63 has it in its state",
        native_s3({"statement": [{f"{key[0].lower()}{key[1:]}": value for key, value in FULL.items()}]}),
    ),
    row(111, "starport only, in aws-native", native_s3(document(LAYERS_ONLY)), S3_DENIES),
    Row(
        number=108,
        sentence="one resource unknown at a preview, in aws-native",
        stack=changed(
            native_s3(
                document(LAYERS_ONLY, statement(Action=READS, Resource=[f"{DAGS}/*", ref("bucket", "arn")]))
            ),
            made("s3/bucket:Bucket", "bucket", bucket="dags"),
        ),
        verdict=SILENT,
        preview=undetermined("s3", "policyDocument.Statement[1].Resource[1]"),
        lists=undetermined("s3", "policyDocument.Statement[1].Resource"),
    ),
    row(108, "wholly unknown", s3(policy=Opaque.COMPUTED), undetermined("s3", "policy")),
    row(108, "secret", s3(policy=Opaque.SECRET), undetermined("s3", "policy")),
    row(
        108,
        "one resource unknown",
        s3(LAYERS_ONLY, statement(Action=READS, Resource=Opaque.COMPUTED)),
        undetermined("s3", "policy.Statement[1].Resource"),
    ),
    row(
        108,
        "one statement unknown",
        s3(LAYERS_ONLY, policy={"Statement": Opaque.COMPUTED}),
        undetermined("s3", "policy.Statement"),
    ),
    row(108, "one resource unknown that can change nothing", s3(FULL, statement(Resource=Opaque.COMPUTED))),
    row(
        108,
        "one resource unknown, and a Deny that hits",
        s3(statement(Resource=Opaque.COMPUTED), statement("Deny", Action="s3:GetObject")),
        S3_DENIES,
    ),
    row(120, "no JSON", s3(policy="{"), S3_DENIES),
    row(120, "JSON that is no object", s3(policy="[]"), S3_DENIES),
    row(120, "a document without statements", s3(policy="{}"), S3_DENIES),
    row(
        120,
        "no JSON on an interface endpoint",
        changed(RIGHT, interface_endpoint("logs", policy="full access")),
        violation(POLICY, "logs"),
    ),
    row(
        120,
        "a statement without effect",
        s3({key: value for key, value in FULL.items() if key != "Effect"}),
        undetermined("s3", "policy.Statement[0].Effect"),
    ),
)

_BUCKETS: Final = (
    row(
        109,
        "the guide's placeholder",
        s3(
            statement(Action="s3:GetObject", Resource="arn:aws:s3:::prod-region-starport-layer-bucket/*"),
            DAGS_ONLY,
        ),
        S3_DENIES,
    ),
    row(
        109,
        "another Region's bucket",
        s3(
            statement(Action="s3:GetObject", Resource="arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*"),
            DAGS_ONLY,
        ),
        S3_DENIES,
    ),
    *(
        row(110, resource, s3(statement(Action="s3:*", Resource=resource), DAGS_ONLY))
        for resource in ("arn:aws:s3:::prod-*-starport-layer-bucket/*", "arn:aws:s3:::*", "*")
    ),
    row(111, "starport only", s3(LAYERS_ONLY), S3_DENIES),
    row(
        111,
        "starport only, and the bucket's name is unknown",
        changed(s3(LAYERS_ONLY), env(sourceBucketArn=Opaque.COMPUTED)),
        S3_DENIES,
    ),
    row(
        111,
        "starport and some bucket, and the bucket's name is unknown",
        changed(s3(LAYERS_ONLY, DAGS_ONLY), env(sourceBucketArn=Opaque.COMPUTED)),
        undetermined("env", "sourceBucketArn"),
    ),
    row(
        111,
        "starport and every bucket, and the bucket's name is unknown",
        changed(
            s3(LAYERS_ONLY, statement(Action=READS, Resource="arn:aws:s3:::*")),
            env(sourceBucketArn=Opaque.COMPUTED),
        ),
    ),
    row(
        111,
        "starport and another bucket, the bucket in the stack",
        changed(
            s3(LAYERS_ONLY, DAGS_ONLY),
            made("s3/bucket:Bucket", "bucket", bucket="other-dags"),
            env(sourceBucketArn=ref("bucket", "arn")),
        ),
        S3_DENIES,
    ),
    row(
        111,
        "starport and the bucket in the stack",
        changed(
            s3(LAYERS_ONLY, DAGS_ONLY),
            made("s3/bucketV2:BucketV2", "bucket", bucket="dags"),
            env(sourceBucketArn=ref("bucket", "arn")),
        ),
    ),
    row(111, "starport only, a declared network", _declared(LAYERS_ONLY), S3_DENIES),
    row(111, "starport and some bucket, a declared network", _declared(LAYERS_ONLY, DAGS_ONLY)),
    row(
        111,
        "starport, and objects of the bucket only",
        s3(LAYERS_ONLY, statement(Action="s3:GetObject", Resource=f"{DAGS}/*")),
        S3_DENIES,
    ),
    row(
        111,
        "starport, and only some of the role's actions",
        s3(
            LAYERS_ONLY,
            statement(
                Action=["s3:GetObject", "s3:ListBucket", "s3:GetBucketLocation"], Resource=[DAGS, f"{DAGS}/*"]
            ),
        ),
        advice(S3_POLICY, "s3"),
    ),
    row(112, "the bucket only", s3(DAGS_ONLY), S3_DENIES),
    row(
        113,
        "starport without objects",
        s3(statement(Resource=LAYERS.removesuffix("/*")), DAGS_ONLY),
        S3_DENIES,
    ),
    *(
        row(114, action, s3(statement(Action=action, Resource=LAYERS), DAGS_ONLY))
        for action in ("s3:Get*", "s3:*", "*", "S3:getobject", "s3:GetObjec?")
    ),
    row(
        114,
        "an action that only begins like it",
        s3(statement(Action="s3:Get", Resource=LAYERS), DAGS_ONLY),
        S3_DENIES,
    ),
    row(115, "a Deny of other buckets", s3(FULL, statement("Deny", Resource="arn:aws:s3:::other/*"))),
    row(
        115,
        "a Deny of all but the two buckets",
        s3(FULL, statement("Deny", NotResource=[LAYERS, DAGS, f"{DAGS}/*"])),
    ),
    row(
        115,
        "a Deny of all but the bucket",
        s3(FULL, statement("Deny", NotResource=[DAGS, f"{DAGS}/*"])),
        S3_DENIES,
    ),
    row(115, "a Deny of starport", s3(FULL, statement("Deny", Action="s3:Get*", Resource=LAYERS)), S3_DENIES),
    row(115, "a Deny of writing", s3(FULL, statement("Deny", Action=["s3:Put*", "s3:Delete*"]))),
    row(115, "the role's own Deny", s3(FULL, statement("Deny", Action="s3:ListAllMyBuckets"))),
    *(
        row(
            116,
            f"allow on {key}",
            s3(statement(Condition={"StringEquals": {key: value}})),
            advice(S3_POLICY, "s3") if key.startswith("aws:Resource") else SILENT,
        )
        for key, value in (
            ("aws:PrincipalOrgID", "o-1"),
            ("aws:PrincipalArn", "arn:aws:iam::123456789012:role/env"),
            ("aws:ResourceOrgID", "o-1"),
            ("aws:ResourceOrgID", "${aws:PrincipalOrgID}"),
            ("aws:ResourceAccount", ACCOUNT),
        )
    ),
    row(
        116,
        "a Deny of resources of other accounts",
        s3(FULL, statement("Deny", Condition={"StringNotEquals": {"aws:ResourceAccount": ACCOUNT}})),
        advice(S3_POLICY, "s3"),
    ),
    row(
        116,
        "allow on the owner, and starport by itself",
        s3(statement(Condition={"StringEquals": {"aws:ResourceAccount": ACCOUNT}}), LAYERS_ONLY),
    ),
    row(117, "NotAction of writing", s3(statement(NotAction=["s3:PutObject"]))),
    row(117, "NotAction of reading", s3(statement(NotAction="s3:Get*")), S3_DENIES),
    row(117, "NotResource of another bucket", s3(statement(NotResource="arn:aws:s3:::other/*"))),
    row(117, "NotResource of starport", s3(statement(NotResource=LAYERS)), S3_DENIES),
    row(117, "NotPrincipal", s3(statement(NotPrincipal={"AWS": "arn:aws:iam::123456789012:role/other"}))),
    row(117, "NotPrincipal of everyone", s3(statement(NotPrincipal="*")), S3_DENIES),
    *(row(118, repr(each), s3(statement(Principal=each))) for each in EVERYONE),
    row(118, "a role", s3(statement(Principal={"AWS": "arn:aws:iam::123456789012:role/env"}))),
    row(118, "a service", s3(statement(Principal={"Service": "ec2.amazonaws.com"})), S3_DENIES),
    row(121, "China", _elsewhere(s3(LAYERS_ONLY, DAGS_ONLY), "cn-north-1"), S3_DENIES),
    row(
        121,
        "China, with its ARNs",
        changed(
            _elsewhere(
                s3(
                    statement(Action="s3:GetObject", Resource=LAYERS.replace("aws", "aws-cn")),
                    statement(Action=READS, Resource=["arn:aws-cn:s3:::dags", "arn:aws-cn:s3:::dags/*"]),
                ),
                "cn-north-1",
            ),
            env(sourceBucketArn="arn:aws-cn:s3:::dags", region="cn-north-1"),
        ),
    ),
    row(121, "GovCloud's ARNs elsewhere", s3(statement(Resource="arn:aws-us-gov:s3:::*")), S3_DENIES),
)


def _refusing(value: Substitutes) -> dict[str, Options]:
    return {POLICY: Options(substitutes=value)}


_OWN_QUEUES: Final = interface(
    "sqs", statement(Action="sqs:*", Resource=f"arn:aws:sqs:eu-west-1:{ACCOUNT}:airflow-celery-*")
)
_SQS_DENIES: Final = violation(POLICY, "sqs")
_SERVICES: Final = (
    row(119, "the own account's queues only", _OWN_QUEUES, advice(POLICY, "sqs")),
    Row(
        number=119,
        sentence="the own account's queues only, refused",
        stack=_OWN_QUEUES,
        verdict=_SQS_DENIES,
        options=_refusing(Substitutes.REFUSE),
    ),
    Row(
        number=119,
        sentence="the own account's queues only, accepted",
        stack=_OWN_QUEUES,
        verdict=SILENT,
        options=_refusing(Substitutes.ACCEPT),
    ),
    row(
        119,
        "resources of the own account only",
        interface("sqs", statement(Condition={"StringEquals": {"aws:ResourceAccount": ACCOUNT}})),
        advice(POLICY, "sqs"),
    ),
    row(119, "the queues of every account", interface("sqs", statement(Action="sqs:*", Resource=QUEUES))),
    row(
        119,
        "queues of another name",
        interface("sqs", statement(Action="sqs:*", Resource="arn:aws:sqs:*:*:celery-*")),
        _SQS_DENIES,
    ),
    row(119, "sending only", interface("sqs", statement(Action="sqs:SendMessage")), _SQS_DENIES),
    row(
        119,
        "the role's actions on log groups",
        interface(
            "logs",
            statement(
                Action=["logs:*Log*", "logs:GetQueryResults"],
                Resource="arn:aws:logs:*:*:log-group:airflow-flows-*",
            ),
            statement(Action="logs:DescribeLogGroups"),
        ),
    ),
    row(
        119,
        "log groups of another environment",
        interface("logs", statement(Action="logs:*", Resource="arn:aws:logs:*:*:log-group:airflow-other-*")),
        violation(POLICY, "logs"),
    ),
    row(
        119,
        "log groups of an environment whose name is unknown",
        changed(
            interface(
                "logs",
                statement(Action="logs:*", Resource="arn:aws:logs:*:*:log-group:airflow-other-*"),
                statement(Action="logs:DescribeLogGroups"),
            ),
            env(name=Opaque.COMPUTED),
        ),
        undetermined("env", "name"),
    ),
    row(
        119,
        "log groups of another account than the environment's",
        changed(
            interface("logs", statement(Resource="arn:aws:logs:*:999999999999:*")),
            env(executionRoleArn="arn:aws:iam::123456789012:role/env"),
        ),
        violation(POLICY, "logs"),
    ),
    row(119, "metrics", interface("monitoring", statement(Action="cloudwatch:PutMetricData"))),
    row(
        119,
        "metrics, on a resource",
        interface("monitoring", statement(Resource="arn:aws:cloudwatch:*")),
        violation(POLICY, "monitoring"),
    ),
    row(
        119,
        "the own account's keys only",
        interface("kms", statement(Resource=f"arn:aws:kms:*:{ACCOUNT}:key/*")),
        advice(POLICY, "kms"),
    ),
    row(
        119,
        "the own account's keys only, and the account is known",
        changed(
            interface("kms", statement(Resource=f"arn:aws:kms:*:{ACCOUNT}:key/*")),
            env(executionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/env"),
        ),
        violation(POLICY, "kms"),
    ),
    row(
        119,
        "the own key only, which the environment uses",
        changed(
            interface("kms", statement(Resource=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1")),
            env(kmsKey=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"),
        ),
    ),
    row(
        119,
        "one of the actions that a pattern of the role names, on the environment's key",
        changed(
            interface("kms", statement(Action=["kms:D*", "kms:Encrypt", "kms:GenerateDataKey"])),
            env(kmsKey=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"),
        ),
        advice(POLICY, "kms"),
    ),
    row(
        119,
        "no action that a pattern of the role names, on the environment's key",
        changed(
            interface("kms", statement(Action=["kms:D*", "kms:Encrypt"])),
            env(kmsKey=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"),
        ),
        violation(POLICY, "kms"),
    ),
    row(
        119,
        "another key than the environment's",
        changed(
            interface("kms", statement(Resource=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/2")),
            env(kmsKey=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"),
        ),
        violation(POLICY, "kms"),
    ),
    row(
        119,
        "one key, and the environment's is unknown",
        changed(
            interface("kms", statement(Resource=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/2")),
            env(kmsKey=Opaque.COMPUTED),
        ),
        undetermined("env", "kmsKey"),
    ),
    row(
        119,
        "one key, and the environment's is known by an alias",
        changed(
            interface("kms", statement(Resource=f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/2")),
            env(kmsKey=f"arn:aws:kms:eu-west-1:{ACCOUNT}:alias/dags"),
        ),
    ),
)

ROWS: Final[tuple[Row, ...]] = (*_DOCUMENTS, *_BUCKETS, *_SERVICES)
