"""Verbs that span aggregates."""
