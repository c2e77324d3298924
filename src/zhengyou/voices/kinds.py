"""Kinds of boxes that are asked or collated in a way of their own: a survey, a discussion.

kinds.register(BoxKind.SURVEY, Manner(put_in=view, inside=view))     # apps.py or site
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhengyou.voices.models import Box, BoxKind, BoxPlace

PutIn = Callable[[HttpRequest, Box, BoxPlace | None], HttpResponse]
Inside = Callable[[HttpRequest, Box], HttpResponse]
Part = Callable[[HttpRequest, Box], tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Manner:
    """What a kind does otherwise; None: as all boxes.

    Args:
        put_in: the whole public page, below ``/say/``: nobody is known there.
        inside: the whole page for those who collate.
        public_part, inside_part: a template and its context, shown above the list of what was
            said, on the public page or from within.
    """

    put_in: PutIn | None = None
    inside: Inside | None = None
    public_part: Part | None = None
    inside_part: Part | None = None


_manners: dict[str, Manner] = {}
USUAL = Manner()


def register(kind: BoxKind, manner: Manner) -> None:
    """Give ``kind`` a manner of its own; doing it twice changes nothing."""
    _manners[kind] = manner


def of(box: Box) -> Manner:
    """Return how ``box`` is asked and collated."""
    return _manners.get(box.kind, USUAL)
