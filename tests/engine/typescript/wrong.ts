import * as mwaa from "@pulumi/mwaa-network";

new mwaa.Network("mwaa", { routing: "privat" });
new mwaa.Network("mwaa", { routng: "private" });
new mwaa.Network("mwaa", { zones: "eu-west-1a" });
