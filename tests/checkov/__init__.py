"""What Checkov says of the program's networks, in the two languages that it reads."""
