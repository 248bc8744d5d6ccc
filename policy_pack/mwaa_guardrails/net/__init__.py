"""Sets of numbers, addresses and packets; knows neither AWS nor Pulumi."""
