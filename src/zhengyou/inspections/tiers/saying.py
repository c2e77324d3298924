"""Criteria, rule and what is missing, in words that a village secretary says aloud. Pure."""

from zhengyou.inspections import facts
from zhengyou.inspections.facts import Shape
from zhengyou.inspections.tiers.reckoning import Mark, Move
from zhengyou.inspections.tiers.words import Is, Side, Tier


def criterion_words(fact: str, of: str, compare: str, than: int) -> str:
    """Return a criterion as a statement: 任务完成率（主题党日）不低于 90%.

    Args:
        of: title (or code) of that of which it is counted; "": of everything.
    """
    known = facts.find(fact)
    label = known.label if known else f"{fact}（现在没有这项数）"
    unit = "%" if known and known.shape is Shape.RATE else f" {known.unit}" if known else ""
    return f"{label}{f'（{of}）' if of else ''}{Is(compare).label} {than}{unit}"


def rule_words(lagging_at: int, new_days: int, leading: int, lagging: int) -> list[str]:
    """Return the rule in sentences.

    Args:
        leading, lagging: how many criteria of each side there are.
    """
    said = []
    if lagging:
        said.append(
            f"落后：{lagging} 条落后标准占了 {lagging_at} 条或更多。"
            if lagging > 1
            else "落后：占了落后标准那一条。"
        )
    else:
        said.append("没有定落后标准，就没有落后的。")
    if leading:
        said.append(f"先进：{leading} 条先进标准里能算的全部达到，又不在落后里。")
    else:
        said.append("没有定先进标准，就没有先进的。")
    said.append("其余是一般。同一档里不分先后。")
    young = f"、成立不满 {new_days} 天的" if new_days else ""
    said.append(f"没有可算的那一条不看；一条都没有可算的{young}，还不能分。")
    return said


def lack_words(mark: Mark, fact: str) -> str:
    """Return what is missing at one criterion: 再补上 2 项次."""
    known, lacks = facts.find(fact), mark.lacks
    if known is None or not lacks:
        return "这一期的数不会再变，要等下一期" if lacks is None else ""
    return f"{known.more if lacks > 0 else known.less} {abs(lacks)} {known.unit}"


def move_words(move: Move) -> str:
    """Return what a body has to do to get into the next group."""
    to, count = Tier(move.to).label, len(move.marks)
    if count == move.enough:
        which = "下面这一条" if count == 1 else f"下面 {count} 条都"
        return f"{which}做到，就是{to}。"
    return f"下面 {count} 条里做到 {move.enough} 条，就是{to}。"


def met_words(side: str, met: bool) -> str:
    """Return how it is called on that side that a criterion holds, or does not."""
    if side == Side.LEADING:
        return "达到" if met else "没达到"
    return "占了" if met else "没占"
