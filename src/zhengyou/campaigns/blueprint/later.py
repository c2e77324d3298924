"""What blueprints will say one day and this version does not do yet.

It is refused by name. Ignoring it would let a clerk believe that the appraisals and awards of the
file run, when nothing of them happens.
"""

SECTIONS = {
    "record": "纪实",
    "learning": "学习",
    "pair": "结对",
    "visit": "走访",
    "form": "测评表",
    "round": "测评",
    "commentary": "领导点评",
    "suggestion": "建议",
    "award": "表彰",
    "contest": "竞赛",
    "paper": "材料",
    "indicator": "指标",
    "motion": "议决",
    "series": "系列活动",
    "membership": "发展党员",
}
"""Tables of later capabilities and what they are called."""

ACTS = (
    "提建议",
    "群众测评",
    "民主评议",
    "领导点评",
    "查摆问题",
    "督促检查",
    "推荐先进",
    "公示表彰",
)
"""What phases will open one day."""


def refusal(name: str, code: str = "") -> tuple[str, str]:
    """Return what to say of a table of a later capability, and the remedy."""
    heading = f"[{name}.{code}]" if code else f"[{name}]"
    return (
        f"{heading}（{SECTIONS[name]}）这一节现在的版本还不支持",
        "请先删去，或者在每行前面加 # 注释掉",
    )
