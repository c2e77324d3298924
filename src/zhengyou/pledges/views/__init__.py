"""Pages of pledges. Each view: find what exists for the actor, call the verb, render, redirect."""
