"""Words of duties and records: what is recorded, how often, in which measure."""

from django.db import models

from zhengyou.kernel import periods


class RecordFamily(models.TextChoices):
    """Kinds of records that are written in the same form."""

    MEETING = "meeting", "会议"
    STUDY = "study", "学习"
    LECTURE = "lecture", "讲课"
    TALK = "talk", "谈心谈话"
    SERVICE = "service", "服务"
    VISIT = "visit", "走访"
    MEDIATION = "mediation", "调解"
    CONTEST = "contest", "竞赛"
    TRAINING = "training", "培训"
    EVENT = "event", "活动"
    PRACTICE = "practice", "实践"
    PUBLICITY = "publicity", "宣传"
    WATCH = "watch", "值班检查"
    REPORT = "report", "汇报"


class RecordKind(models.TextChoices):
    """What was done. Blueprints and pages say it by these Chinese labels.

    The meetings of a branch and who must be there: 《中国共产党支部工作条例（试行）》.
    """

    ASSEMBLY = "assembly", "支部党员大会"
    COMMITTEE = "committee", "支部委员会"
    GROUP_MEETING = "group_meeting", "党小组会"
    THEME_DAY = "theme_day", "主题党日"
    ORG_LIFE = "org_life", "组织生活会"
    DEMOCRATIC_LIFE = "democratic_life", "民主生活会"
    REVIEW_MEETING = "review_meeting", "评议会"
    LAUNCH = "launch", "动员大会"
    CAMPAIGN_MEETING = "campaign_meeting", "活动例会"
    LEADING_MEETING = "leading_meeting", "领导小组会"
    JOINT_MEETING = "joint_meeting", "联席会议"
    STAFF_MEETING = "staff_meeting", "工作例会"
    CLASS_MEETING = "class_meeting", "班会"
    DISCUSSION = "discussion", "讨论会"
    CONSULTATION = "consultation", "恳谈会"
    EXCHANGE = "exchange", "经验交流会"
    LISTENING = "listening", "听取群团汇报"
    CONGRESS = "congress", "代表大会"
    CENTRE_GROUP = "centre_group", "中心组学习"
    STUDY = "study", "集中学习"
    NOTES = "notes", "学习笔记"
    REFLECTION = "reflection", "心得体会"
    TEST = "test", "学习测试"
    LECTURE = "lecture", "党课"
    TALK_GIVEN = "talk_given", "专题报告"
    TALK = "talk", "谈心谈话"
    SERVICE = "service", "志愿服务"
    VISIT = "visit", "走访"
    CONTACT = "contact", "联系点"
    MEDIATION = "mediation", "调解"
    CONTEST = "contest", "竞赛"
    TRAINING = "training", "培训"
    EVENT = "event", "主题活动"
    SURVEY = "survey", "调研"
    PRACTICE = "practice", "社会实践"
    PUBLICITY = "publicity", "宣传报道"
    DISCLOSURE = "disclosure", "公开事项"
    OBSERVATION = "observation", "听课"
    DUTY_WEEK = "duty_week", "值周"
    PATROL = "patrol", "巡查"
    LOG = "log", "工作日志"
    LOG_CHECK = "log_check", "查日志"
    CHECK = "check", "检查"
    REPORT = "report", "工作汇报"

    @property
    def family(self) -> RecordFamily:
        """The form it is written in."""
        return FAMILY_OF[self]


_K, _F = RecordKind, RecordFamily
_BY_FAMILY: dict[RecordFamily, tuple[RecordKind, ...]] = {
    _F.MEETING: (
        _K.ASSEMBLY, _K.COMMITTEE, _K.GROUP_MEETING, _K.THEME_DAY, _K.ORG_LIFE,
        _K.DEMOCRATIC_LIFE, _K.REVIEW_MEETING, _K.LAUNCH, _K.CAMPAIGN_MEETING, _K.LEADING_MEETING,
        _K.JOINT_MEETING, _K.STAFF_MEETING, _K.CLASS_MEETING, _K.DISCUSSION, _K.CONSULTATION,
        _K.EXCHANGE, _K.LISTENING, _K.CONGRESS, _K.CENTRE_GROUP,
    ),
    _F.STUDY: (_K.STUDY, _K.NOTES, _K.REFLECTION, _K.TEST),
    _F.LECTURE: (_K.LECTURE, _K.TALK_GIVEN),
    _F.TALK: (_K.TALK,),
    _F.SERVICE: (_K.SERVICE,),
    _F.VISIT: (_K.VISIT, _K.CONTACT, _K.SURVEY),
    _F.MEDIATION: (_K.MEDIATION,),
    _F.CONTEST: (_K.CONTEST,),
    _F.TRAINING: (_K.TRAINING,),
    _F.EVENT: (_K.EVENT,),
    _F.PRACTICE: (_K.PRACTICE,),
    _F.PUBLICITY: (_K.PUBLICITY, _K.DISCLOSURE),
    _F.WATCH: (_K.OBSERVATION, _K.DUTY_WEEK, _K.PATROL, _K.LOG, _K.LOG_CHECK, _K.CHECK),
    _F.REPORT: (_K.REPORT,),
}  # fmt: skip
MADE_ELSEWHERE = frozenset({RecordKind.REPORT, RecordKind.DISCLOSURE})
"""Kinds of records that come of another page (a report that is sent, something that is laid open),
each for the duty that it names."""
FAMILY_OF = {kind: family for family, kinds in _BY_FAMILY.items() for kind in kinds}


class Scope(models.TextChoices):
    """For whom a service was."""

    NEWCOMERS = "newcomers", "服务新人"
    UNIT = "unit", "服务本单位"
    SOCIETY = "society", "服务社会"
    COMMUNITY = "community", "进社区进宿舍"


class Cadence(models.TextChoices):
    """How often a duty falls due.

    The first six are periods of the calendar (``kernel.periods.Kind``, same values). 定期: each
    body says for itself how often; 适时: whenever it fits, never overdue.
    """

    WEEK = "week", "每周"
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    HALF_YEAR = "half-year", "每半年"
    YEAR = "year", "每年"
    TERM = "term", "每学期"
    PHASE = "phase", "每阶段"
    CAMPAIGN = "campaign", "活动期间"
    ONCE = "once", "到期一次"
    REGULAR = "regular", "定期"
    ANYTIME = "anytime", "适时"

    @property
    def period(self) -> periods.Kind | None:
        """The calendar period, None where there is none."""
        return periods.Kind(self.value) if self.value in periods.Kind.values else None


class Measure(models.TextChoices):
    """In what a duty is measured beyond the number of records."""

    TIMES = "times", "次"
    HOURS = "hours", "学时"
    CHARACTERS = "characters", "字"
    SCORE = "score", "分"


class Whose(models.TextChoices):
    """Who has a duty."""

    BODIES = "bodies", "组织"
    GROUPS = "groups", "工作组"
    MEMBERS = "members", "人员"
    HOLDERS = "holders", "任职的人"
    SEATS = "seats", "工作组的成员"
    ENROLLED = "enrolled", "登记的对象"

    @property
    def of_persons(self) -> bool:
        """Whether each person has it."""
        return self in (Whose.MEMBERS, Whose.HOLDERS, Whose.SEATS)


class Enrols(models.TextChoices):
    """What may be given a duty: kinds of ``kernel.Ref``, made by rotas, posts and rooms above."""

    ROTA = "rota", "值班表"
    SERVICE_POST = "service_post", "服务岗位"
    PAIR = "pair", "结对"
    CONTACT_POINT = "contact_point", "联系点"


class Part(models.TextChoices):
    """What somebody did in what is recorded."""

    TAKER = "taker", "参加"
    HOST = "host", "主持"
    SPEAKER = "speaker", "主讲"
    CHECKER = "checker", "检查"
    MINUTES = "minutes", "记录"


class Attendance(models.TextChoices):
    """Whether somebody was there, as the recorder enters it."""

    PRESENT = "present", "到会"
    EXCUSED = "excused", "请假"
    ABSENT = "absent", "缺席"


class RecordState(models.TextChoices):
    """A record is drafted, finished, and struck out where it was wrong."""

    DRAFT = "draft", "没写完"
    FINISHED = "finished", "已记"
    STRUCK = "struck", "已划去"


class WishOutcome(models.TextChoices):
    """What became of a wish: the reasonable ones are met, the others are explained."""

    MET = "met", "办到了"
    EXPLAINED = "explained", "讲清了"
    OPEN = "open", "还没办"


class DutyState(models.TextChoices):
    """How it stands with a duty of somebody in one of its periods, as of a day. Worked out when it
    is read, never stored. 适时 is never overdue; 定期 waits for the body to say how often.
    """

    DUE = "due", "待办"
    DONE = "done", "已完成"
    OVERDUE = "overdue", "过期没做"
    EXEMPT = "exempt", "免做"
    WHENEVER = "whenever", "适时"
    UNSET = "unset", "没定多久一次"
