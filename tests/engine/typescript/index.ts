import * as mwaa from "@pulumi/mwaa-network";

const { Ingress, Routing } = mwaa.types.enums;

const network = new mwaa.Network("mwaa", {
  routing: Routing.Private,
  ingress: Ingress.Restricted,
  s3EndpointBuckets: ["our-dags"],
});

export const networkConfiguration = network.networkConfiguration;
export const vpcId = network.vpcId;
