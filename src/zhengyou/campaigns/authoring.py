"""Who writes blueprints: a body's own ones, and those of campaigns in preparation."""

from django.db.models import Q

from zhengyou.campaigns.models import Manuscript
from zhengyou.campaigns.rules import NOBODY
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS


def visible_manuscripts(actor: Actor) -> Q:
    """Return which blueprints of bodies exist for ``actor``: those of the own body."""
    if actor.hat is None or actor.hat.role not in KEEPERS:
        return NOBODY
    return Q(organisation=actor.hat.organisation)


def may_keep_manuscript(actor: Actor, body: Organisation) -> Verdict:
    """Keep a blueprint of one's own, change it, throw it away."""
    return Verdict.of(
        actor.holds_at(body.path, KEEPERS) and actor.person,
        f"自己的蓝图由{body.name}的书记、副书记、活动办来写。",
    )


def may_change_manuscript(actor: Actor, manuscript: Manuscript) -> Verdict:
    """Change it or throw it away."""
    return may_keep_manuscript(actor, manuscript.organisation)
