"""Pages of campaigns and plans: find what exists for the actor, call the verb, render, redirect."""
