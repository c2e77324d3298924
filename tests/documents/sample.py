"""A whole document with every kind of block, as a county's education committee might issue it."""

from datetime import UTC, date, datetime

from zhengyou.documents import (
    Attachment,
    Document,
    Heading,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Table,
)

CREATED = datetime(2026, 9, 1, 1, 30, tzinfo=UTC)

_OPENING = (
    "为深入开展创先争优活动，进一步增强基层党组织的创造力、凝聚力、战斗力，推动全县教育事业高质量发展，"
    "根据县委“争创先进基层党组织、争当优秀共产党员”的部署要求，结合我县中小学校实际，制定本方案。"
)
_GOAL = (
    "到 2027 年 7 月，全县 36 个中小学校党组织全部达到“五个好”要求，1,280 名党员人人有承诺、"
    "件件有回音，群众满意率稳定在 90% 以上；办成一批学生、家长和教师看得见、摸得着的实事，"
    "形成比学赶超、争创一流的良好局面。"
)
_DUTY = (
    "各党支部每月至少研究一次活动进展，每季度向党员大会报告一次承诺办理情况——办成的说清结果，"
    "没办成的说清原因；党支部书记对每名党员的承诺逐项点评，肯定成绩、指出不足、提出努力方向。"
)
_DETAIL = (
    "承诺事项要写明现状、目标、完成时限和受益对象，做到具体、可行、能检查；年老体弱的党员可以不作承诺，"
    "由本人自愿决定。承诺经党支部逐项审定后在公开栏和网上同时公示，接受党员和群众监督。"
)
_CHECK = (
    "县委教育工委组织抽查，抽查名单由计算机随机产生，任何人都可以核对；抽查看实效、不看痕迹，不要求拍照"
    "打卡，不要求另建台账，不得以会议次数、记录篇幅、信息条数作为评比依据。"
)


def body() -> list[Heading | Paragraph | Table | Note | PageBreak]:
    """Return three pages of text with all levels and kinds."""
    blocks: list[Heading | Paragraph | Table | Note | PageBreak] = [
        Paragraph(_OPENING),
        Heading(1, "总体要求和目标"),
        Heading(2, "总体要求"),
        Paragraph([Run("坚持"), Run("服务大局、注重实效", True), Run("。" + _DETAIL)]),
        Heading(2, "主要目标"),
        Paragraph(_GOAL),
        Heading(1, "重点任务"),
        Heading(2, "公开承诺", _DETAIL),
        Heading(2, "认真践诺"),
        Heading(3, "支部研究"),
        Paragraph(_DUTY),
        Heading(3, "领导点评", _DUTY),
        Heading(4, "点评对象"),
        Paragraph("县委教育工委点评各学校党组织，各学校党组织点评所属支部，支部书记点评每名党员。"),
        Heading(4, "点评方式", "可以当面点评，也可以书面点评；书面点评一般不超过二百字。"),
        Heading(2, "群众评议"),
        Paragraph(_CHECK),
        Table(
            caption="表1　评议等次和计分办法",
            head=("等次", "含义", "是否计入满意率"),
            rows=[
                ("满意", "承诺全部办成，群众有切身感受", "是"),
                ("比较满意", "承诺基本办成，个别事项仍在推进", "是"),
                ("不满意", "承诺没有办，或者办了却没有效果", "否"),
                ("不了解", "评议人不清楚情况，不计入有效票", "不计"),
            ],
        ),
        Note("注：满意率 =（满意票＋比较满意票）÷ 有效票，“不了解”不计入有效票。"),
        Heading(1, "实施步骤"),
    ]
    for name, months in (("动员部署", "9"), ("组织实施", "10"), ("总结评议", "12")):
        blocks += [Heading(2, f"{name}阶段（2026 年 {months} 月起）"), Paragraph(_DUTY)]
        blocks.append(Paragraph(_CHECK))
    return [*blocks, Heading(1, "组织保障"), Paragraph(_CHECK), Paragraph("特此通知。")]


def task_table() -> Table:
    """Return a table that runs over more than one page."""
    tasks = ("梳理承诺事项", "公示承诺内容", "办理惠民实事", "开展书记点评", "组织群众评议")
    rows = [
        (
            str(n),
            tasks[n % 5],
            "云岭一中、青石小学" if n % 2 else "各学校党支部",
            f"2026年{9 + n % 4}月底前",
        )
        for n in range(1, 31)
    ]
    return Table(head=("序号", "任务", "责任单位", "完成时限"), rows=rows, widths=(1, 4, 4, 3))


def document() -> Document:
    """Return the sample."""
    return Document(
        title="关于在全县教育系统基层党组织和党员中深入开展创先争优活动的实施方案",
        addressee="各乡镇中心学校党总支，县直各学校党组织",
        masthead=Masthead(issuer="中共云岭县委教育工委文件", number="云教工委〔2026〕3号"),
        blocks=body(),
        attachments=[
            Attachment(
                "全县教育系统创先争优活动重点任务分工表（2026年9月至2027年7月）", [task_table()]
            ),
            Attachment(
                "承诺书样式",
                [
                    Heading(1, "承诺事项"),
                    Paragraph("本人承诺：＿＿＿＿＿＿＿＿＿＿。"),
                    PageBreak(),
                    Heading(1, "评议记录"),
                    Table(head=("日期", "评议人", "意见"), rows=[("", "", "")] * 4),
                ],
            ),
            "群众评议表（另发）",
        ],
        signatory="中共云岭县委教育工作委员会",
        signed_on=date(2026, 9, 1),
        remark="联系人：林知秋，联系电话：000-0000",
    )
