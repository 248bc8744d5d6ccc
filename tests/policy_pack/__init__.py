"""Tests of the policy pack; they mirror its packages."""
