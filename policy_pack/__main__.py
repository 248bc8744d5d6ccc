"""The policy pack, as the Pulumi engine starts it."""

from mwaa_guardrails.crossguard import serve

serve()
