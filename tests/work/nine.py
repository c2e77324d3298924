"""What the nine systems oblige to by way of meetings, reports, lectures, visits, rotas and checks:
one row an obligation, with the days on which it is judged.

Every campaign is the bureau's, so that one body of each kind is asked: the bureau is the party
committee. ``OWN`` are intervals that the bodies gave themselves.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model
from tests.cast import Cast
from tests.stage import shared
from tests.work.nine_open import opened
from tests.work.scene import a_campaign, enrolled, own_cadence, record_of

from zhengyou.campaigns.actions import plans
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import book
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role
from zhengyou.work.models import Duty, Enrolment, Record

BEGINS = {
    "primary-school": "2026-08-15",
    "township-school": "2026-07-01",
    "county-school": "2026-06-01",
    "school-branch": "2027-01-01",
    "student-branch": "2026-09-01",
    "college": "2027-01-01",
    "enterprise": "2027-01-01",
    "trade-union": "2027-01-01",
    "village": "2026-05-01",
}
Did = tuple[str, str] | tuple[str, str, dict[str, Any]]
"""Kind, day, and what else the record says: ``by`` (the body), ``part``, fields of a record."""


@dataclass(frozen=True)
class Row:
    """An obligation. ``must``: cadence, times and measure, as the system names them.

    Args:
        who: a body, a person, a working group (``@leading``) or what is enrolled (``#pair``).
        did: what fulfils it, in the order of the days; nothing less does.
        asked: a day on which it is to be done; late: the first on which it is overdue.
        near: what is almost the same and does not fulfil it.
    """

    blueprint: str
    code: str
    must: tuple[str, int, str]
    who: str
    did: tuple[Did, ...]
    asked: str
    late: str
    near: Did | None = None


def _rows(blueprint: str, *rows: tuple) -> list[Row]:
    return [Row(blueprint, *row) for row in rows]


WEEK, MONTH, QUARTER = ("每周", 1, "次"), ("每月", 1, "次"), ("每季度", 1, "次")
HALF, YEAR, TERM = ("每半年", 1, "次"), ("每年", 1, "次"), ("每学期", 1, "次")
PHASE, WHOLE, ONCE = ("每阶段", 1, "次"), ("活动期间", 1, "次"), ("到期一次", 1, "次")
OWN, ANYTIME = ("定期", 1, "次"), ("适时", 1, "次")


def _times(must: tuple[str, int, str], times: int) -> tuple[str, int, str]:
    return must[0], times, must[2]


def _own(code: str, who: str, kind: str, month: str, **more: Any) -> tuple:
    """What a body does as often as it says itself: here monthly, from ``month`` on."""
    year, number = map(int, month.split("-"))
    after = f"{year + number // 12}-{number % 12 + 1:02d}-01"
    return (code, OWN, who, ((kind, f"{month}-18", more),), f"{month}-10", after)


def _anytime(code: str, who: str, kind: str, asked: str, **more: Any) -> tuple:
    return (code, ANYTIME, who, ((kind, asked, more),), asked, "2029-06-01")


ROWS = [
    *_rows(
        "school-branch",
        _own("study", "song", "study", "2027-03"),
        ("lead", WHOLE, "song", (("lecture", "2027-05-10", {"part": "speaker"}),), "2027-04-01",
         "2028-01-01", ("lecture", "2027-05-10", {"part": "taker"})),
        ("talk", PHASE, "song", (("talk", "2027-04-10"),), "2027-04-01", "2027-05-01"),
        ("opinions", PHASE, "branch", (("consultation", "2027-03-20"),), "2027-03-10",
         "2027-05-01", ("consultation", "2027-02-20")),
        ("criticism", PHASE, "branch", (("org_life", "2027-04-20"),), "2027-05-07", "2027-05-08"),
        ("list", ONCE, "song", (("reflection", "2027-04-20"),), "2027-04-10", "2027-04-25"),
        _own("problems", "branch", "check", "2027-03"),
        ("summary", ONCE, "branch", (("report", "2027-12-20"),), "2027-12-10", "2027-12-26"),
    ),
    *_rows(
        "student-branch",
        ("mentors", WHOLE, "branch", (("training", "2026-10-10"),), "2026-10-01", "2027-09-01"),
        ("newcomers", WHOLE, "branch",
         (("service", "2026-09-10", {"scope": "newcomers", "by": "low"}),), "2026-10-01",
         "2027-09-01", ("service", "2026-09-10", {"scope": "unit", "by": "low"})),
        ("school", TERM, "branch", (("service", "2026-11-10", {"scope": "unit", "by": "team"}),),
         "2026-10-01", "2027-01-21", ("service", "2027-01-25", {"scope": "unit"})),
        ("society", TERM, "branch", (("service", "2026-11-10", {"scope": "society"}),),
         "2026-10-01", "2027-01-21", ("service", "2026-11-10", {"scope": "community"})),
        ("dorms", TERM, "branch", (("service", "2026-11-10", {"scope": "community"}),),
         "2026-10-01", "2027-01-21", ("service", "2026-11-10", {"scope": "society"})),
        ("practice", PHASE, "branch", (("practice", "2027-07-10", {"by": "team"}),), "2027-07-05",
         "2027-09-01", ("practice", "2027-07-10", {"by": "low"})),
        ("paper", PHASE, "song", (("reflection", "2027-08-10"),), "2027-07-20", "2027-09-01"),
        ("show", PHASE, "branch", (("exchange", "2027-08-25", {"by": "team"}),), "2027-09-15",
         "2027-09-16"),
        ("pair", TERM, "#pair", (("talk", "2026-11-10"),), "2026-11-01", "2027-01-21",
         ("talk", "2026-11-10", {"about": "other"})),
    ),
    *_rows(
        "enterprise",
        _own("survey", "bureau", "survey", "2027-02"),
        ("debate", PHASE, "branch", (("discussion", "2027-03-10"),), "2027-02-01", "2027-04-01"),
        ("pair", MONTH, "#pair", (("visit", "2027-05-20"),), "2027-05-18", "2027-06-01",
         ("visit", "2027-04-30")),
        _anytime("warm", "branch", "visit", "2027-02-10", by="low"),
        _own("skill", "branch", "training", "2027-04"),
        ("contest", YEAR, "branch", (("contest", "2027-09-10"),), "2027-08-01", "2028-01-01"),
        ("year", YEAR, "branch", (("report", "2028-01-10", {"counts_on": date(2027, 12, 31)}),),
         "2028-01-20", "2028-01-21", ("report", "2027-12-20", {"about": "other"})),
    ),
    *_rows(
        "primary-school",
        ("feedback", WEEK, "branch", (("staff_meeting", "2026-10-14"),), "2026-10-18",
         "2026-10-21", ("staff_meeting", "2026-10-19")),
        ("launch", ONCE, "branch", (("launch", "2026-08-27"),), "2026-08-20", "2026-08-29"),
        ("lecture", PHASE, "shen", (("lecture", "2026-09-10", {"part": "speaker"}),),
         "2026-09-01", "2026-10-15", ("lecture", "2026-09-10", {"part": "taker"})),
        ("test", ("每阶段", 1, "分"), "song", (("test", "2026-08-30", {"score": 60}),),
         "2026-08-25", "2026-10-15", ("test", "2026-08-30", {"score": 59})),
        ("discuss", PHASE, "branch", (("discussion", "2026-08-31", {"by": "low"}),),
         "2026-08-25", "2026-10-15"),
        ("assembly", _times(WHOLE, 2), "branch",
         (("assembly", "2026-09-20"), ("assembly", "2027-03-20")), "2026-09-10", "2027-07-15"),
        ("leaders", WHOLE, "branch", (("democratic_life", "2026-12-20"),), "2026-12-01",
         "2027-07-15"),
        ("group", MONTH, "low", (("group_meeting", "2026-10-20"),), "2026-10-18", "2026-11-01",
         ("group_meeting", "2026-10-20", {"by": "high"})),
        ("theme-day", MONTH, "branch", (("theme_day", "2026-10-20"),), "2026-10-18", "2026-11-01"),
        ("check-week", WEEK, "@overall", (("check", "2026-10-16"),), "2026-10-20", "2026-10-21",
         ("check", "2026-10-16", {"by": "branch"})),
        ("check-month", MONTH, "@overall", (("staff_meeting", "2026-10-30"),), "2026-11-05",
         "2026-11-06"),
        ("check-term", TERM, "branch", (("review_meeting", "2027-01-20"),), "2026-12-01",
         "2027-02-01"),
        ("check-year", WHOLE, "branch", (("report", "2027-07-05"),), "2027-06-01", "2027-07-15"),
        ("life", HALF, "branch", (("org_life", "2026-12-20"),), "2026-12-01", "2027-01-01",
         ("org_life", "2026-09-10")),
        ("open-week", _times(PHASE, 2), "branch",
         (("event", "2026-09-21"), ("event", "2026-09-25")), "2026-09-20", "2027-06-15"),
        ("parents", PHASE, "branch", (("consultation", "2026-09-24"),), "2026-09-20",
         "2027-06-15"),
        ("stage", ONCE, "branch", (("report", "2026-12-02"),), "2026-11-20", "2026-12-15"),
    ),
    *_rows(
        "township-school",
        ("launch", ONCE, "general", (("launch", "2026-08-28"),), "2026-08-10", "2026-08-31"),
        _own("study", "branch", "study", "2026-10"),
        _own("links", "#pair", "visit", "2026-10"),
        ("model-lesson", YEAR, "song", (("observation", "2027-04-10", {"part": "speaker"}),),
         "2027-03-01", "2028-01-01", ("observation", "2027-04-10", {"part": "taker"})),
        _anytime("contest", "general", "contest", "2026-10-10"),
        _anytime("survey", "@leading", "survey", "2026-11-10"),
        _own("check", "@office", "check", "2026-10"),
        _own("comment", "@leading", "leading_meeting", "2026-10"),
        ("appraise", YEAR, "branch", (("review_meeting", "2027-06-10"),), "2027-05-01",
         "2028-01-01"),
        ("assess", YEAR, "branch",
         (("report", "2028-01-10", {"counts_on": date(2027, 12, 31)}),), "2028-01-20",
         "2028-01-21"),
        ("exchange", PHASE, "@office", (("exchange", "2028-09-10"),), "2028-08-01", "2029-01-01"),
        ("summary", ONCE, "general", (("report", "2028-12-20"),), "2028-12-10", "2028-12-26"),
    ),
    *_rows(
        "village",
        ("launch", ONCE, "branch", (("launch", "2026-05-18"),), "2026-05-10", "2026-05-22"),
        ("lecture", PHASE, "branch", (("lecture", "2026-06-10"),), "2026-06-01", "2026-07-23"),
        ("oath", ONCE, "branch", (("theme_day", "2026-07-01"),), "2026-07-01", "2026-07-02"),
        ("visit", MONTH, "shen", (("visit", "2026-06-20"),), "2026-06-18", "2026-07-01"),
        _own("look", "branch", "check", "2026-06"),
        _anytime("mediate", "branch", "mediation", "2026-06-10"),
        ("post", QUARTER, "#service_post", (("service", "2026-08-20"),), "2026-08-18",
         "2026-10-01"),
        ("appraise", _times(PHASE, 2), "branch",
         (("review_meeting", "2026-09-10"), ("review_meeting", "2026-11-10")), "2026-10-01",
         "2027-01-01"),
        ("comment", PHASE, "@leading", (("leading_meeting", "2026-11-20"),), "2026-10-01",
         "2027-01-01"),
    ),
    *_rows(
        "trade-union",
        ("contest", _times(YEAR, 3), "union",
         (("contest", "2027-03-10"), ("contest", "2027-06-10"), ("contest", "2027-09-10")),
         "2027-08-01", "2028-01-01"),
        _own("learn", "union", "study", "2027-03"),
        ("train", HALF, "union", (("training", "2027-05-10"),), "2027-04-10", "2027-07-01"),
        ("congress", YEAR, "union", (("congress", "2027-03-10"),), "2027-07-02", "2028-01-01"),
        _own("warning", "@rights", "check", "2027-03"),
        _anytime("mediate", "@rights", "mediation", "2027-04-10"),
        _anytime("warm", "union", "visit", "2027-02-01"),
        _anytime("culture", "union", "event", "2027-05-01"),
    ),
    *_rows(
        "college",
        ("meeting", WEEK, "bureau", (("joint_meeting", "2027-03-10"),), "2027-03-14",
         "2027-03-15"),
        _own("centre", "bureau", "centre_group", "2027-03"),
        _own("secretaries", "shen", "study", "2027-03"),
        ("theme-day", MONTH, "branch", (("theme_day", "2027-03-20"),), "2027-03-18", "2027-04-01"),
        _anytime("seminar", "bureau", "discussion", "2027-05-10"),
        _anytime("hot", "bureau", "talk_given", "2027-05-10"),
        ("lesson", YEAR, "qin",
         (("talk_given", "2027-10-10", {"part": "speaker", "by": "bureau"}),), "2027-08-01",
         "2028-01-01", ("talk_given", "2027-10-10", {"part": "taker", "by": "bureau"})),
        _own("contact", "#contact_point", "contact", "2027-03"),
        ("targets", ONCE, "branch", (("report", "2027-01-20"),), "2027-01-10", "2027-02-01"),
        ("targets-next", ONCE, "branch", (("report", "2028-01-20"),), "2028-01-10", "2028-02-01"),
        ("quarter", QUARTER, "branch",
         (("report", "2027-07-05", {"counts_on": date(2027, 6, 30)}),), "2027-07-10",
         "2027-07-11", ("report", "2027-07-05")),
        ("half-year", HALF, "branch",
         (("report", "2027-07-05", {"counts_on": date(2027, 6, 30)}),), "2027-07-10",
         "2027-07-11"),
        ("year", YEAR, "branch", (("report", "2028-01-15", {"counts_on": date(2027, 12, 31)}),),
         "2028-01-20", "2028-01-21"),
        _own("check", "@office", "check", "2027-03"),
        ("best-lesson", YEAR, "bureau", (("contest", "2027-11-10", {"by": "branch"}),),
         "2027-10-01", "2028-01-01"),
        ("observe", TERM, "qin", (("observation", "2027-05-10", {"by": "bureau"}),),
         "2027-05-02", "2027-07-11"),
        ("volunteer", TERM, "branch", (("service", "2027-05-10", {"by": "team"}),), "2027-05-02",
         "2027-07-11"),
        ("appraise", YEAR, "branch", (("review_meeting", "2027-12-10"),), "2027-11-10",
         "2028-01-01"),
    ),
    *_rows(
        "county-school",
        ("opinions", PHASE, "branch", (("discussion", "2026-06-20"),), "2026-06-18",
         "2026-07-01", ("discussion", "2026-07-01")),
        ("group-life", PHASE, "shen", (("group_meeting", "2026-07-20", {"by": "low"}),),
         "2026-08-05", "2026-09-02"),
        ("assembly", PHASE, "branch", (("assembly", "2026-07-20"),), "2026-08-05", "2026-09-02"),
        ("committee", PHASE, "branch", (("committee", "2026-07-20"),), "2026-08-05",
         "2026-09-02"),
        _anytime("commentary", "branch", "review_meeting", "2026-11-10"),
        ("report", ONCE, "branch", (("report", "2027-05-20"),), "2027-05-10", "2027-05-26"),
        _own("contact", "#contact_point", "contact", "2026-10"),
        ("notes", ("活动期间", 1, "字"), "song",
         (("notes", "2026-10-10", {"characters": 3000}),
          ("notes", "2027-02-10", {"characters": 2000})), "2026-12-10", "2027-06-01"),
        ("reflection", ("活动期间", 1, "字"), "song",
         (("reflection", "2026-12-10", {"characters": 1500}),), "2026-12-10", "2027-06-01",
         ("reflection", "2026-12-10", {"characters": 1400})),
        _own("theme-day", "branch", "theme_day", "2026-10", by="low"),
        _anytime("visit", "branch", "visit", "2026-09-10", by="low"),
        ("class-meeting", WEEK, "class", (("class_meeting", "2026-10-14"),), "2026-10-18",
         "2026-10-19"),
        ("logs", MONTH, "school", (("log_check", "2026-10-20"),), "2026-10-18", "2026-11-01"),
        ("duty-week", WEEK, "#rota", (("duty_week", "2026-10-16"),), "2026-10-18", "2026-10-19"),
        ("patrol", _times(WEEK, 5), "#rota",
         tuple(("patrol", f"2026-10-{day}") for day in range(12, 17)), "2026-10-18",
         "2026-10-19"),
        _anytime("village", "branch", "event", "2026-12-10", by="team"),
        _own("talks", "branch", "consultation", "2026-10"),
        _own("listening", "branch", "listening", "2026-10"),
    ),
    *(Row(*row) for row in opened()),
]  # fmt: skip


@dataclass
class Nine:
    """Nine campaigns at one bureau, with everybody whom they ask.

    Args:
        bodies: by the names of the table, groups as ``college@office``.
    """

    cast: Cast
    campaigns: dict[str, Campaign]
    bodies: dict[str, Organisation]

    def duty(self, row: Row) -> Duty:
        """Return the duty of a row."""
        return self.campaigns[row.blueprint].duties.get(code=row.code)

    def subject(self, row: Row, duty: Duty) -> Organisation | Person | Enrolment:
        """Return whom or what a row is about; what is enrolled is enrolled now."""
        if row.who.startswith("#"):
            about = Ref(row.who[1:], duty.uid, "登记的")
            return enrolled(duty, about, self.cast.branch, None, duty.campaign.starts_on)
        return self.body(row, row.who) or self.cast.persons[row.who]

    def body(self, row: Row, name: str) -> Organisation | None:
        """Return a body by its name in the table."""
        if name.startswith("@"):
            return self.bodies[row.blueprint + name]
        return self.bodies.get(name)

    def set_own(self, row: Row, duty: Duty) -> None:
        """Say that it is done each month, where that is left to the body."""
        if row.must == OWN:
            subject = self.body(row, row.who)
            home = self.cast.branch if subject is None else subject
            own_cadence(duty, home, "month", date.fromisoformat(row.asked).replace(day=1))

    def enter(self, row: Row, duty: Duty, subject: Any, did: Did) -> Record:
        """Record what was done."""
        kind, day, *more = did
        fields = dict(more[0]) if more else {}
        body = self.body(row, fields.pop("by", "")) or self.body(row, row.who) or self.cast.branch
        person = subject if isinstance(subject, Person) else None
        part, other = fields.pop("part", "taker"), fields.pop("about", "")
        about = subject.about if isinstance(subject, Enrolment) else None
        if kind in ("report", "disclosure"):
            about = duty.ref
        if other:
            about = Ref(about.kind, duty.campaign.uid, "别的") if about else None
        for name in ("score", "characters"):
            if name in fields:
                fields[name] = Decimal(fields[name])
        parts = {part: person} if person else None
        return record_of(body, kind, date.fromisoformat(day), about=about, parts=parts, **fields)


@shared(on="cast")
def nine(cast: Cast) -> Nine:
    """The nine campaigns from their blueprints."""
    bodies = _bodies(cast)
    campaigns: dict[str, Campaign] = {}
    for name, begins in BEGINS.items():
        text = (settings.BLUEPRINT_FOLDER / f"{name}.toml").read_text("utf-8")
        campaign = campaigns[name] = a_campaign(cast, date.fromisoformat(begins), text)
        with clock.at(campaign.starts_on):
            plan = plans.adopt(acting_as(cast.shen, Role.SECRETARY), campaign, cast.branch)
        for group in plan.groups.select_related("template", "organisation"):
            bodies[f"{name}@{group.template.code}"] = group.organisation
    return Nine(cast, _bare(campaigns), _bare(bodies))


def _bare[M: Model](rows: dict[str, M]) -> dict[str, M]:
    """Return rows without all that was fetched with them, which every test would copy."""
    return {name: type(row)._default_manager.get(pk=row.pk) for name, row in rows.items()}


def _bodies(cast: Cast) -> dict[str, Organisation]:
    day = date(2026, 2, 1)
    with clock.at(day), book.writing():

        def body(name: str, kind: Kind, parent: Organisation) -> Organisation:
            return found(None, name=name, kind=kind, parent=parent, on=day)

        made = {
            "general": body("澜阳中心学校党总支", Kind.GENERAL_BRANCH, cast.bureau),
            "union": body("育新小学工会", Kind.UNION, cast.branch),
            "team": body("青年服务队", Kind.TEAM, cast.branch),
            "class": body("五（1）班", Kind.CLASS, cast.school),
        }
    own = {name: getattr(cast, name) for name in ("bureau", "branch", "school", "low", "high")}
    return made | own
