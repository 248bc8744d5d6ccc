"""Tests of the network program."""
