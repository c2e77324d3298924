"""What a body may say that it posted: things of the house that are public. Apps above add theirs.

postable.offer(lister)   # site calls this; lister(plan) yields references with labels
"""

from collections.abc import Callable, Iterable

from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.refs import Ref

Lister = Callable[[Plan], Iterable[Ref]]
_listers: list[Lister] = []


def offer(lister: Lister) -> None:
    """Add what an app has to be posted; doing it twice changes nothing."""
    if lister not in _listers:
        _listers.append(lister)


def things_of(plan: Plan) -> list[Ref]:
    """Return what of the body's may be named in a posting: the plan first. One query a lister."""
    own = [plan.ref] if plan.state == ClimbState.PUBLISHED else []
    return own + [ref for lister in _listers for ref in lister(plan)]
