"""What the frame of every page shows: the three places, who is here and which hat is worn."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from zhengyou.kernel import clock

PLACES = (("/orgs/", "orgs"), ("/people/", "orgs"), ("/desk/", "desk"))
PUBLIC = (
    "/c/", "/consult/", "/draws/", "/find/", "/open/", "/say/", "/login/", "/invitation/", "/kit/",
    "/head/", "/notices/",
)  # fmt: skip


def place_of(path: str) -> str:
    """Return which of the three places a page belongs to, by its address."""
    for prefix, place in PLACES:
        if path.startswith(prefix):
            return place
    return "public" if path == "/" or path.startswith(PUBLIC) else "desk"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Provide ``frame`` to templates, read only where a template asks for it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    words: dict[str, Any] = {
        "site_name": settings.SITE_NAME,
        "place": place_of(request.path),
        "signed_in": bool(actor and actor.signed_in),
        "login_url": reverse("people:login"),
        "search_url": "/find/",
        "today": clock.today(),
    }
    if actor and actor.signed_in:
        words |= {
            "name": actor.name,
            "face": actor.name[:1],
            "hat_title": actor.hat.title if actor.hat else "没有职务",
            "hats": [
                {"uid": hat.uid, "title": hat.title, "current": hat is actor.hat}
                for hat in actor.hats
            ],
            "hat_url": reverse("people:hat"),
            "logout_url": reverse("people:logout"),
            "password_url": reverse("people:password"),
            "search_url": "/desk/find/",
        }
    return words
