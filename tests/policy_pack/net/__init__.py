"""The laws of sets of numbers, addresses and packets."""
