"""Who sees and does what."""

from zhengyou.voices.models import BoxKind
from zhengyou.voices.rules.boxes import (
    COLLATING,
    may_change,
    may_close,
    may_collate,
    may_enter_paper,
    may_open,
    may_open_again,
    may_print,
    may_set_up,
    public_boxes,
    takes_voices,
    visible_boxes,
)
from zhengyou.voices.rules.burden import may_answer
from zhengyou.voices.rules.voices import (
    HEARD,
    about_me,
    may_hold,
    may_show,
    may_triage,
    says_why,
    visible_voices,
)

COLLATING[BoxKind.BURDEN] = may_answer

__all__ = [
    "COLLATING",
    "HEARD",
    "about_me",
    "may_change",
    "may_close",
    "may_collate",
    "may_enter_paper",
    "may_hold",
    "may_open",
    "may_open_again",
    "may_print",
    "may_set_up",
    "may_show",
    "may_triage",
    "public_boxes",
    "says_why",
    "takes_voices",
    "visible_boxes",
    "visible_voices",
]
