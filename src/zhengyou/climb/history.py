"""Where things that climb stood at the end of a past day, read from the ledger.

A row only keeps the moment of its last submission; what it was returned for and sent again is in
the facts alone. Today needs none of this: a row's own state is the answer.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact


def end_of(day: date) -> datetime:
    """Return the first moment after ``day`` in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


def states_after(kind: str, model: type[models.Model]) -> dict[str, ClimbState]:
    """Return verb of a fact → the state it leads to, as the model declares its transitions."""
    arrows = model.TRANSITIONS  # type: ignore[attr-defined]
    return {f"{kind}.{arrow.name}": ClimbState(arrow.target) for arrow in arrows}


def replay(
    about: Q, day: date, after: Mapping[str, ClimbState], many: Mapping[str, str] | None = None
) -> dict[UUID, ClimbState]:
    """Return the state of each thing at the end of ``day``; what was not begun is missing.

    Args:
        about: which facts to read.
        after: verb → state of what the fact is about.
        many: verb of a fact that names several things → the key of its data that lists them;
            they stand at what ``after`` says for that verb.
    """
    many = many or {}
    states: dict[UUID, ClimbState] = {}
    facts = Fact.objects.filter(about, at__lt=end_of(day)).order_by("seq")
    for verb, uid, data in facts.values_list("verb", "about_uid", "data"):
        if verb in many:
            states.update((UUID(thing), after[verb]) for thing in data[many[verb]])
        elif verb in after:
            states[uid] = after[verb]
    return states
