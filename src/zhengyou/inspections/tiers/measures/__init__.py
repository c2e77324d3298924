"""What the rooms below count, as facts that criteria may be made of."""

from collections.abc import Mapping

from zhengyou.inspections.facts import Fact, Shape
from zhengyou.inspections.tiers.measures import duties, heard, inspected, mending, public

FACTS: Mapping[str, Fact] = {
    "duty_rate": Fact(
        "任务完成率", "项次", Shape.RATE, duties.done, more="再补上", choices=duties.duties_of
    ),
    "duty_overdue": Fact(
        "过期没做的任务", "项次", Shape.COUNT, duties.overdue, less="补上", choices=duties.duties_of
    ),
    "pledges_kept": Fact("到期承诺兑现率", "条", Shape.RATE, public.kept, more="再兑现、确认"),
    "remarks_unanswered": Fact(
        "过期没答复的群众意见", "条", Shape.COUNT, public.unanswered, less="答复"
    ),
    "disclosure_missing": Fact(
        "到期没有公开的事项",
        "项次",
        Shape.COUNT,
        duties.laid_open,
        less="公开",
        choices=duties.topics_of,
    ),
    "voices_unanswered": Fact(
        "过期没有答复的意见建议", "条", Shape.COUNT, heard.unanswered, less="答复"
    ),
    "plan_missing": Fact("没有公开的方案", "份", Shape.COUNT, public.plans, less="公开"),
    "problems_overdue": Fact("过期没改好的问题", "个", Shape.COUNT, mending.overdue, less="办掉"),
    "problems_mended": Fact("到期问题整改率", "个", Shape.RATE, mending.mended, more="再改好"),
    "findings_criticised": Fact(
        "督查批评没有改好的", "条", Shape.COUNT, inspected.criticised, less="改好并验收"
    ),
}
"""By code; ``site`` registers them."""
