"""Verbs that span a campaign or a plan and the rows around it."""
