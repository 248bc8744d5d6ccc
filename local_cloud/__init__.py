"""An AWS on one's own machine (simulated by moto) behind the real Pulumi engine."""
