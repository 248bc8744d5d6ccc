"""Tests of the local AWS provider."""
