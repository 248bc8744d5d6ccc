"""Tests of the checks: tables of networks that are right and wrong."""
