"""Tests of what an administrator states."""
