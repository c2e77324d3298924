"""Pages of duties and records. Each view: find what exists, call the verb, render, redirect."""
