"""What an organization's stacks look like beside what AWS documents for MWAA: `mwaa-audit`."""
