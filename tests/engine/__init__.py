"""Tests on the real Pulumi engine, as a user would run it."""
