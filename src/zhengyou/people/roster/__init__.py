"""Rosters (党员花名册) in and out: reading real-life workbooks, checking, matching, writing.

Everything here works on plain rows and tuples, so that a hundred thousand of them pass quickly;
what moves an import from state to state is in ``people.actions.roster``.
"""
