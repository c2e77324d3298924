"""How this app's facts read."""

VERBS = {
    "reminder.set": "改邮件提醒",
    "reminder.confirm": "确认邮箱",
    "feed.make": "建日历链接",
    "feed.revoke": "作废日历链接",
}
"""Ledger verbs of this app and their words."""
