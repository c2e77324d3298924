"""Where plans and promises stood at the end of a past day, as their apps read it."""

from zhengyou.campaigns.queries.past import plan_states
from zhengyou.climb.history import end_of
from zhengyou.pledges.queries.past import item_states

__all__ = ["end_of", "item_states", "plan_states"]
