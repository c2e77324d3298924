"""The verbs of duties and records."""
