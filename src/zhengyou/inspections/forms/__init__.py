"""Forms of this room: parse and check, nothing else."""
