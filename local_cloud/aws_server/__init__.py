"""The simulated AWS: moto's services in one process on a loopback port."""
