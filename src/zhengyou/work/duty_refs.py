"""How facts about duties read."""

VERBS = {
    "duty.enrol": "登记任务的对象",
    "duty.withdraw": "撤下任务的对象",
}
"""Ledger verbs and their words."""
