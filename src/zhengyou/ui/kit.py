"""Invented data for the kit page."""

from typing import Any

from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the kit page shows."""
    return {"place": "public"}
