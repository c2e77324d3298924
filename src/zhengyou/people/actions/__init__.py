"""Verbs that span several rows of organisations and people."""
