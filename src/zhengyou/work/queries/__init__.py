"""Read models: who is asked for what, and what was done."""
