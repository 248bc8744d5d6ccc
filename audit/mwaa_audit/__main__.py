"""`python -m mwaa_audit`."""

from mwaa_audit.command_line import main

if __name__ == "__main__":
    main()
