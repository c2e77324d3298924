"""Talks face to face and discussions: who writes them down, groups them, concludes."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.voices.models import Box, BoxKind, BoxState
from zhengyou.voices.rules.boxes import may_collate, may_enter_paper, may_set_up


def may_note_down(actor: Actor, box: Box) -> Verdict:
    """Write down when people sat together, and what was said: the collator, and who keeps the
    records; also days after the meeting."""
    return Verdict.of(box.kind == BoxKind.FORUM, "这个箱不是座谈。") & (
        may_enter_paper(actor, box) & Verdict.of(box.state != BoxState.CLOSED, "已经收箱，不再记。")
    )


def has_been(day: date) -> Verdict:
    """Say whether a meeting of ``day`` can have notes."""
    return Verdict.of(day <= clock.today(), "座谈还没有开，开过以后再记大家说的。")


def may_group(actor: Actor, box: Box) -> Verdict:
    """Put contributions of a discussion under themes."""
    return Verdict.of(box.kind == BoxKind.TOPIC, "只有讨论才分主题。") & may_collate(actor, box)


def may_conclude(actor: Actor, box: Box) -> Verdict:
    """Write what a discussion came to: whoever asked the question, once it is over."""
    return (
        Verdict.of(box.kind == BoxKind.TOPIC, "只有讨论才写结论。")
        & Verdict.of(
            may_set_up(actor, box.organisation),
            f"结论由{box.organisation.name}或上级的书记、副书记、活动办来写。",
        )
        & Verdict.of(box.ended(), "讨论还没有结束；到期或者收箱以后再写结论。")
    )
