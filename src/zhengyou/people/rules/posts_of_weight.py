"""Which posts reach what."""

from zhengyou.people.models import Role

LEADERS = (Role.SECRETARY, Role.DEPUTY_SECRETARY)
HEADS = (*LEADERS, Role.SEAT_HEAD, Role.SEAT_DEPUTY)  # lead a body; of a group nothing but itself
KEEPERS = (*LEADERS, Role.CAMPAIGN_OFFICE)  # act for a body and for what is below it
OVERSEERS = (
    *KEEPERS,
    Role.COMMITTEE_MEMBER,
    Role.GROUP_LEADER,
    Role.INSPECTOR,
    Role.RECORDER,
    Role.SYSTEM_ADMIN,
)  # look at a body and at what is below it
SHAPERS = (*KEEPERS, Role.SYSTEM_ADMIN)
WEIGHTY = (*SHAPERS, Role.INSPECTOR)  # nobody gives these to oneself, or prints the key to them
ROLL_PORTFOLIO = "组织"  # 组织委员 keeps the roll together with the secretary
