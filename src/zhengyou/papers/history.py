"""Where plans and promises stood at the end of a past day, as their apps read it."""

from zhengyou.campaigns.queries import past as of_plans
from zhengyou.campaigns.queries.past import plan_states
from zhengyou.climb.history import end_of
from zhengyou.pledges.queries import past as of_items
from zhengyou.pledges.queries.past import item_states

AFTER = of_plans.AFTER | of_items.AFTER
"""Verb of a fact → the state it leads to."""

__all__ = ["AFTER", "end_of", "item_states", "plan_states"]
