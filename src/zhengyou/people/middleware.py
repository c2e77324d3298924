"""Puts the actor on the request, once, when it is first asked for."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from zhengyou.people.actor import Actor, actor_for

HAT_KEY = "hat"  # session key of the hat chosen


class ActorRequest(HttpRequest):
    """A request that has passed :class:`ActorMiddleware`; views annotate with this."""

    actor: Actor
    htmx: Any


class ActorMiddleware:
    """Sets ``request.actor``: rights are read anew on every request, so they end with the post."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _read(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _read(request: HttpRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return actor_for(None)
    return actor_for(user, request.session.get(HAT_KEY, ""))
