"""What the tests of this room's pages share."""

from datetime import date, timedelta

from django.urls import reverse

TODAY = date(2026, 10, 16)
EVE = TODAY - timedelta(days=1)
BODY_PAGES = (
    "organisation", "tree", "found", "rename", "move", "split", "close", "roll", "enrol",
    "appoint", "accounts",
)  # fmt: skip
PERSON_PAGES = ("person", "amend", "standing", "circumstance", "transfer", "release")


def at(name, *args):
    """The address of a page of this room, about things or numbers."""
    return reverse(f"people:{name}", args=[getattr(arg, "uid", arg) for arg in args])


def text(response):
    """What a page says."""
    return response.content.decode()
