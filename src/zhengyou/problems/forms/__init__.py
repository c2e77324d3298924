"""Parse and validate what is typed about problems; no side effects."""
