"""Verbs of pledges: writing, reviewing, progress. Each asks its rule, moves, and writes facts."""
