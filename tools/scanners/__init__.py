"""What scanners say of the networks that AWS documents for MWAA; pages and tests read the same tables."""
