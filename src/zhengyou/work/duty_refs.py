"""How facts about duties read."""

VERBS = {
    "duty.add": "加了任务",
    "duty.change": "改了任务",
    "duty.end": "停了任务",
    "duty.exempt": "免做任务",
    "duty.end_exemption": "不再免做任务",
    "duty.set_interval": "定下任务多久一次",
    "duty.enrol": "登记任务的对象",
    "duty.withdraw": "撤下任务的对象",
}
"""Ledger verbs and their words."""
