"""Asks one address as one visitor and says what came back; nothing that was done stays done."""

from contextlib import suppress
from copy import deepcopy

from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.access.actors import COLUMNS
from tests.access.table import Row
from tests.access.world import World


class _Undo(Exception):
    """Rolls back what a request has done."""


def clients(world: World) -> list[Client]:
    """Return one client for each visitor."""
    made = [column.client(world.cast) for column in COLUMNS]
    for client in made:
        client.raise_request_exception = False
    return made


def ask(world: World, client: Client, row: Row, foreign: bool) -> str:
    """Return the status code as the table writes it; ``302L`` is a way to the sign-in page."""
    address = reverse(row.name, args=filled(world, row, foreign))
    data = sent(world, row, foreign)
    answer, cookies = "", deepcopy(client.cookies)
    with suppress(_Undo), transaction.atomic():
        response = getattr(client, row.method)(address, data)
        answer = str(response.status_code)
        if answer == "302" and response["Location"].startswith("/login/"):
            answer = "302L"
        raise _Undo
    client.cookies = cookies  # Whoever signed out or changed the hat is as before.
    return answer


def filled(world: World, row: Row, foreign: bool = False) -> list[str]:
    """Return what fills the row's address."""
    return [_value(world, name, "foreign" if foreign else "own") for name in row.args]


def sent(world: World, row: Row, foreign: bool = False) -> dict[str, str]:
    """Return what is sent along."""
    side = "foreign" if foreign else "own"
    return {key: _value(world, value, side) for key, value in row.data.items()}


def _value(world: World, name: str, side: str) -> str:
    """Fill in a thing: ``@plan`` is the own or the foreign plan, ``@=campaign`` one for both."""
    if name.startswith("@="):
        return world.uid(name[2:])
    if name.startswith("@"):
        return world.uid(f"{name[1:]}_{side}")
    return name
