"""The environment as one component: makes what it needs beside the network, and ties everything to it."""

from collections.abc import Sequence
from typing import Final

import pulumi
import pulumi_aws as aws

from mwaa_guardrails.documents.environments import DAGS_FOLDER
from mwaa_network.environment.access_modes import AccessMode
from mwaa_network.environment.arguments import EndpointManagement, EnvironmentArgs
from mwaa_network.environment.bucket import make_bucket
from mwaa_network.environment.customer_endpoints import make_customer_endpoints
from mwaa_network.environment.hints import hints
from mwaa_network.environment.key import make_key
from mwaa_network.environment.log_plan import plan_log_groups
from mwaa_network.environment.logs import ALL_LOGS, make_log_groups
from mwaa_network.environment.policies import Place
from mwaa_network.environment.role import make_role
from mwaa_network.environment.tenancy import find_tenancy
from mwaa_network.environment.validation import environment_name_problems, read_environment
from mwaa_network.family import Family
from mwaa_network.problems import ConfigurationError

TYPE: Final = "mwaa-network:index:Environment"


class Environment(pulumi.ComponentResource):
    """An Amazon MWAA environment on a `Network`, with an execution role, a bucket and log groups of its own.

    What it does not offer, such as the number of workers, a transform of Pulumi adds to the environment.

    Attributes:
        environment_name: Its name, which is the component's.
        environment_arn: Its ARN.
        webserver_url: The host of the Airflow UI.
        execution_role_name: The role's name, to attach what tasks may do beyond MWAA's own needs.
        execution_role_arn: The role's ARN.
        dag_bucket: The bucket of DAGs and supporting files.
        dag_s3_path: The folder of the DAGs in it.
        log_groups: The names of the log groups.
        kms_key_arn: The customer managed key, where one is wanted.
    """

    environment_name: pulumi.Output[str]
    environment_arn: pulumi.Output[str]
    webserver_url: pulumi.Output[str]
    execution_role_name: pulumi.Output[str]
    execution_role_arn: pulumi.Output[str]
    dag_bucket: pulumi.Output[str]
    dag_s3_path: pulumi.Output[str]
    log_groups: pulumi.Output[Sequence[str]]
    kms_key_arn: pulumi.Output[str] | None

    def __init__(self, name: str, args: EnvironmentArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        """Make the environment.

        Args:
            name: The name of the environment, with which the names of all parts begin.
            args: The network, and the choices.
            opts: Pulumi's options; the parts follow those that a component hands down. The environment and
                its security group wait for what `depends_on` names, such as the sharing of subnets.

        Raises:
            ConfigurationError: A choice is wrong; the error names all that are.
        """
        args, problems = read_environment(args)
        problems = (*environment_name_problems(name), *problems)
        super().__init__(TYPE, name, {}, opts)
        if problems:
            raise ConfigurationError(problems, environment=name)

        place = Place(region=args.network.region, account=args.network.accounts.of(self))
        family = Family(name=name, parent=self, tags=args.tags or {})
        after = pulumi.ResourceOptions(depends_on=opts.depends_on if opts else None)
        tenancy = find_tenancy(family, args, place.account, after)
        key = make_key(family, place) if args.customer_key else None
        bucket = make_bucket(family, args.bucket_name, key)
        role = make_role(family, place, bucket.bucket, key)
        log_groups = make_log_groups(family, plan_log_groups(name), args.log_retention_days, key)
        environment = aws.mwaa.Environment(
            family.child("environment"),
            name=name,
            airflow_version=args.airflow_version,
            environment_class=args.environment_class,
            webserver_access_mode=args.webserver_access_mode,
            endpoint_management=args.endpoint_management,
            dag_s3_path=DAGS_FOLDER,
            source_bucket_arn=bucket.bucket.bucket.apply(place.bucket_arn),
            execution_role_arn=role.role.arn,
            kms_key=key.arn if key else None,
            logging_configuration=ALL_LOGS,
            network_configuration=tenancy.configuration,
            tags=family.tags_of("environment"),
            opts=pulumi.ResourceOptions.merge(
                pulumi.ResourceOptions(
                    parent=self,
                    # MWAA looks at these for half an hour, and names none but the bucket and the role.
                    depends_on=[role.policy, *bucket.settings, *log_groups, *tenancy.needed],
                    delete_before_replace=True,  # the name cannot serve the old and the new one at once
                ),
                after,
            ),
        )

        endpoints: Sequence[aws.ec2.VpcEndpoint] = ()
        if args.endpoint_management is EndpointManagement.CUSTOMER:
            private = args.webserver_access_mode is not AccessMode.PUBLIC_ONLY
            endpoints = make_customer_endpoints(family, args.network, environment, web_server=private)

        self.environment_name = environment.name
        self.environment_arn = environment.arn
        self.webserver_url = environment.webserver_url
        self.execution_role_name = role.role.name
        self.execution_role_arn = role.role.arn
        self.dag_bucket = bucket.bucket.bucket
        self.dag_s3_path = environment.dag_s3_path
        self.log_groups = pulumi.Output.all(*(each.name for each in log_groups)).apply(list)
        self.kms_key_arn = key.arn if key else None
        self.register_outputs(self.outputs())

        if pulumi.runtime.is_dry_run():
            for hint in hints(args, endpoints=len(endpoints)):
                pulumi.log.info(hint, resource=self)

    def outputs(self) -> dict[str, pulumi.Output[object]]:
        """Return what the component tells, by the names that state files and stack outputs show."""
        outputs: dict[str, pulumi.Output[object]] = {
            "environmentName": self.environment_name,
            "environmentArn": self.environment_arn,
            "webserverUrl": self.webserver_url,
            "executionRoleName": self.execution_role_name,
            "executionRoleArn": self.execution_role_arn,
            "dagBucket": self.dag_bucket,
            "dagS3Path": self.dag_s3_path,
            "logGroups": self.log_groups,
        }
        return outputs if self.kms_key_arn is None else {**outputs, "kmsKeyArn": self.kms_key_arn}
