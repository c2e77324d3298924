"""Who sees, writes and reviews pledges.

Who writes: the one who pledges; for a body its secretary or deputy; a recorder of the same body
for others, marked 代录. Who reviews: the post that the rule names, at the body of the pledge; a
body's own pledge goes to the keepers above. Nobody reviews the own pledge: where the reviewer is
the one who pledges, or the post is empty, the deputy or the keepers above stand in, and where
nobody is above, the committee members. The same confirm what became of it; after a transfer the
body where the person was on the due day. Where a body is no more, the one where the person is today
stands in its place, for its own pledge those that went on from it (``people.rules.succession``).
"""

from zhengyou.pledges.rules.following import (
    may_assess,
    may_correct,
    may_note,
    may_see_supervision,
    may_supervise,
)
from zhengyou.pledges.rules.ground import ABOVE, BRANCH, NOBODY, leads, led, may_go_on
from zhengyou.pledges.rules.reviewing import (
    confirmable,
    may_confirm,
    may_pass,
    may_review,
    nearer,
    reviewable_pledges,
)
from zhengyou.pledges.rules.seeing import (
    inside_pledges,
    may_see_inside,
    may_see_list,
    may_see_missing,
    may_see_reasons,
    moved_to,
    visible_items,
    visible_pledges,
)
from zhengyou.pledges.rules.writing import (
    in_season,
    may_begin,
    may_copy,
    may_edit_item,
    may_exempt,
    may_record,
    may_submit,
    may_take_back,
    may_withdraw,
    may_write,
    may_write_for,
    records,
)

__all__ = [
    "ABOVE",
    "BRANCH",
    "NOBODY",
    "confirmable",
    "in_season",
    "inside_pledges",
    "leads",
    "led",
    "may_assess",
    "may_begin",
    "may_confirm",
    "may_copy",
    "may_correct",
    "may_edit_item",
    "may_exempt",
    "may_go_on",
    "may_note",
    "may_pass",
    "may_record",
    "may_review",
    "may_see_inside",
    "may_see_list",
    "may_see_missing",
    "may_see_reasons",
    "may_see_supervision",
    "may_submit",
    "may_supervise",
    "may_take_back",
    "may_withdraw",
    "may_write",
    "may_write_for",
    "moved_to",
    "nearer",
    "records",
    "reviewable_pledges",
    "visible_items",
    "visible_pledges",
]
