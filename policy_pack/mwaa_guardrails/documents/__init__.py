"""The single source of truth: what the AWS documents say, as sentences and as typed values."""
