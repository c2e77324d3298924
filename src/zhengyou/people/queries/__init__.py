"""What pages show of organisations and people: plain rows, a constant number of queries."""
