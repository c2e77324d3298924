"""Who says what in the story of the chain, and the blueprint it runs on."""

from datetime import date

CAMPAIGN = "护学先锋季"
BRANCH, MEMBER = "育新小学党支部", "宋知行"
BEGINS = date(2026, 9, 1)
BLUEPRINT = """
format   = 1
version  = "2026.1"
title    = "护学先锋季"
theme    = "一路平安上学来"
aims     = ["上学路上没有一起磕碰", "家长提的事件件有回音"]
carriers = ["护学岗", "家长意见箱"]
covers   = ["党支部"]
names    = { wall = "只写姓", notice = "全名" }
consult  = "3个工作日"

[phase.ready]
title = "准备"
lasts = "1个月"
opens = ["提交方案", "作出承诺"]

[phase.act]
title  = "践诺"
starts = "第2周"
lasts  = "2个月"
opens  = ["作出承诺", "公布进展"]

[phase.account]
title = "评诺"
after = "act"
lasts = "1个月"
opens = ["公布进展", "确认兑现"]

[standard.member]
title = "护学四条"
for   = "党员"

[standard.member.criteria]
listen = "多听少说，先听家长讲"
know   = "摸清孩子的难处"
act    = "能办的当周就办"
clean  = "不吃请、不收礼"

[pledge.member]
title    = "党员承诺"
who      = { standing = ["正式党员", "预备党员"] }
standard = "member"
at_least = { common = 1, post = 1, deed = 1 }
reviewer = { post = "书记" }
notice   = "3个工作日"
progress = "每月"
"""
TO_THE_PLAN = "东门那条路没有人守，请把它排进护学岗。"
TO_THE_INTENTION = "灯先修校门口这一段，孩子都从这里过。"
TO_THE_PROMISE = "第三盏灯又不亮了，什么时候来看看？"
ANSWER = "下周三电工来换，换好了在公开栏贴照片。"
TAKEN_UP = "东门排上了，每天两人。"
FOUND = "灯只修了两盏，进度慢了。"
PART = "修好了 4 盏，还有 2 盏等路政的电缆。"
DIFFERS = "还有 5 个孩子没跟上，只能算部分做到，寒假前接着讲。"


PARTS = ("育新第一党支部", "育新第二党支部")
SECOND = ("周启明", "田雨禾", "魏长青", "高段党小组")
LEARNT = "路灯要早报路政，一报就是两个月。"
