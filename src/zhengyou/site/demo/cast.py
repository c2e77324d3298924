"""Who plays in the demo: below a county a bureau with its schools, their branches and groups, about
120 people; and a township with a central school and three village schools, about 40.

All names, places and numbers are invented. The named ones carry the story; the others are drawn
from word lists with the demo's seed.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from zhengyou.kernel.partial_dates import PartialDate, Precision
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.models import Gender, Kind, Organisation, Person, Role, StandingKind
from zhengyou.site.demo.words import Words

REGION = "330999"  # no such county
SEATS = 18  # the leading group and its working groups take fifteen, and a few do without
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class School:
    """One school's branch: its size, its groups and the people the story names."""

    name: str
    size: int  # members in all
    groups: tuple[str, ...]
    named: tuple[tuple[str, str, str, Role | None, str], ...]  # name, 男/女, work, post, portfolio


BUREAU = (
    ("秦望舒", "女", "教育局局长", Role.SECRETARY, ""),
    ("顾明川", "男", "组织科科员", Role.CAMPAIGN_OFFICE, ""),
    ("殷素秋", "女", "督导室主任", Role.INSPECTOR, ""),
    ("卓一宁", "男", "信息中心工程师", Role.SYSTEM_ADMIN, ""),
    ("褚云帆", "男", "计财科科长", None, ""),
    ("纪文棠", "女", "基础教育科科员", None, ""),
)
SCHOOLS = (
    School("育新小学", 46, ("低段党小组", "高段党小组", "后勤党小组"), (
        ("沈若兰", "女", "校长", Role.SECRETARY, ""),
        ("周启明", "男", "副校长", Role.DEPUTY_SECRETARY, ""),
        ("苏映雪", "女", "语文老师", Role.COMMITTEE_MEMBER, "组织"),
        ("陆婉清", "女", "语文老师", Role.COMMITTEE_MEMBER, "宣传"),
        ("田雨禾", "女", "教导处主任", Role.RECORDER, ""),
        ("宋知行", "男", "数学老师", None, ""),
        ("魏长青", "男", "体育老师", None, ""),
        ("罗桂芳", "女", "食堂管理员", None, ""),
        ("贺建国", "男", "退休，原后勤主任", None, ""),
        ("蒋素心", "女", "美术老师", None, ""),
    )),
    School("南湖小学", 38, ("语文党小组", "数学党小组", "综合党小组"), (
        ("闻立诚", "男", "校长", Role.SECRETARY, ""),
        ("许青禾", "女", "语文老师", Role.DEPUTY_SECRETARY, ""),
        ("方晓岚", "女", "办公室主任", Role.RECORDER, ""),
    )),
    School("石桥小学", 28, ("本部党小组", "教学点党小组"), (
        ("柏长林", "男", "校长", Role.SECRETARY, ""),
        ("江一帆", "男", "科学老师", Role.COMMITTEE_MEMBER, "组织"),
    )),
)  # fmt: skip

TOWNSHIP = (
    ("岳承泽", "男", "乡党委书记", Role.SECRETARY, ""),
    ("柳月明", "女", "乡党建办干事", Role.CAMPAIGN_OFFICE, ""),
)
CENTRAL = "云岭乡中心学校党总支"
POSTS_ABOVE = (
    ("岑守拙", Role.SECRETARY, ""),
    ("盛玉兰", Role.DEPUTY_SECRETARY, ""),
    ("池大川", Role.COMMITTEE_MEMBER, "组织"),
    ("汤知秋", Role.RECORDER, ""),
)
"""Posts of the general branch; their holders are members of its branches."""
VILLAGE = (
    School("云岭中心小学", 15, (), (
        ("岑守拙", "男", "中心学校校长", None, ""),
        ("盛玉兰", "女", "副校长", Role.SECRETARY, ""),
        ("汤知秋", "女", "教导处干事", Role.RECORDER, ""),
        ("季春山", "男", "数学老师", Role.DEPUTY_SECRETARY, ""),
        ("阮小满", "女", "语文老师", None, ""),
    )),
    School("松坪小学", 9, (), (
        ("杭青松", "男", "村小校长", Role.SECRETARY, ""),
        ("米金凤", "女", "语文老师", Role.DEPUTY_SECRETARY, ""),
        ("贝向阳", "男", "科学老师", None, ""),
    )),
    School("竹湾小学", 8, (), (
        ("池大川", "男", "村小校长", Role.SECRETARY, ""),
        ("温素琴", "女", "数学老师", None, ""),
    )),
    School("麦田小学", 7, (), (
        ("祝长庚", "男", "村小校长", Role.SECRETARY, ""),
        ("尤冬梅", "女", "音乐老师", None, ""),
    )),
)  # fmt: skip


@dataclass(slots=True)
class Branch:
    """A school's branch with its people, in the order they were enrolled."""

    body: Organisation
    groups: list[Organisation] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)


@dataclass(slots=True)
class Cast:
    """Everybody."""

    county: Organisation
    bureau: Organisation
    township: Organisation
    central: Branch  # the township's general branch, with all people of its branches
    branches: list[Branch] = field(default_factory=list)  # of the bureau
    villages: list[Branch] = field(default_factory=list)  # of the general branch
    persons: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        """Return the person of that name."""
        return self.persons[name]


class Builder:
    """Builds the cast with the verbs of the house.

    Args:
        seed: the same seed gives the same people.
        since: the day from which they stand on the rolls.
        share: how much of a school's people there are, above 0 to 1.
    """

    def __init__(self, seed: int, since: date, words: Words, share: float = 1.0) -> None:
        self.share = share
        self.random = Random(seed)
        self.since = since
        self.words = words
        self.used: set[str] = {row[0] for row in BUREAU}
        self.used |= {row[0] for school in (*SCHOOLS, *VILLAGE) for row in school.named}
        self.used |= {row[0] for row in TOWNSHIP}
        self.number = 0

    def build(self) -> Cast:
        """Build it all and return it."""
        founded = self.since - timedelta(days=365 * 6)

        def body(name: str, kind: Kind, parent: Organisation | None, order: int) -> Organisation:
            return found(None, name=name, kind=kind, parent=parent, order=order, on=founded)

        county = body("澜阳县委", Kind.PARTY_COMMITTEE, None, 0)
        bureau = body("澜阳县教育局党委", Kind.PARTY_COMMITTEE, county, 1)
        township = body("云岭乡党委", Kind.PARTY_COMMITTEE, county, 2)
        central = body(CENTRAL, Kind.GENERAL_BRANCH, township, 1)
        cast = Cast(county, bureau, township, Branch(central))
        self._staff(cast, bureau, BUREAU)
        appoint(None, cast["卓一宁"], county, Role.SYSTEM_ADMIN, since=self.since)
        for order, school in enumerate(SCHOOLS, start=1):
            cast.branches.append(self._branch(cast, bureau, school, order, founded))
        self._staff(cast, township, TOWNSHIP)
        for order, school in enumerate(VILLAGE, start=1):
            cast.villages.append(self._branch(cast, central, school, order, founded))
        for name, role, portfolio in POSTS_ABOVE:
            appoint(None, cast[name], central, role, portfolio=portfolio, since=self.since)
        cast.central.people += [cast[name] for name, _, _ in POSTS_ABOVE]
        for branch in cast.villages:
            cast.central.people += [who for who in branch.people if who not in cast.central.people]
        return cast

    def _staff(
        self,
        cast: Cast,
        body: Organisation,
        rows: tuple[tuple[str, str, str, Role | None, str], ...],
    ) -> None:
        for name, sex, work, role, portfolio in rows:
            person = cast.persons[name] = self._enrol(name, sex, work, body)
            if role is not None and role != Role.SYSTEM_ADMIN:
                appoint(None, person, body, role, portfolio=portfolio, since=self.since)

    def _branch(
        self, cast: Cast, above: Organisation, school: School, order: int, founded: date
    ) -> Branch:
        body = found(
            None,
            name=f"{school.name}党支部",
            kind=Kind.BRANCH,
            parent=above,
            order=order,
            on=founded,
        )
        found(None, name=school.name, kind=Kind.SCHOOL, parent=body, order=9, on=founded)
        branch = Branch(body)
        for place, title in enumerate(school.groups, start=1):
            branch.groups.append(
                found(None, name=title, kind=Kind.PARTY_GROUP, parent=body, order=place, on=founded)
            )
        for name, sex, work, role, portfolio in school.named:
            person = self._enrol(name, sex, work, body)
            if role is not None:
                appoint(None, person, body, role, portfolio=portfolio, since=self.since)
            branch.people.append(person)
        least = SEATS if school.groups else len(school.named) + 2
        size = max(least, round(school.size * self.share))
        while len(branch.people) < size:
            branch.people.append(self._extra(body, len(branch.people) == size - 1))
        for place, person in enumerate(branch.people):
            if branch.groups:
                home = branch.groups[place % len(branch.groups)]
                enrol(None, person, home, since=self.since)
            cast.persons[person.name] = person
        return branch

    def _extra(self, body: Organisation, probationary: bool) -> Person:
        while True:
            name = self.random.choice(self.words.surnames) + self.random.choice(self.words.given)
            if name not in self.used:
                break
        self.used.add(name)
        sex = self.random.choice("男女女")
        works = [f"{lesson}老师" for lesson in self.words.lessons] + ["后勤", "总务处干事"]
        kind = StandingKind.PROBATIONARY if probationary else StandingKind.FULL
        return self._enrol(name, sex, self.random.choice(works), body, kind)

    def _enrol(
        self,
        name: str,
        sex: str,
        work: str,
        body: Organisation,
        kind: StandingKind = StandingKind.FULL,
    ) -> Person:
        self.number += 1
        gender = Gender.MALE if sex == "男" else Gender.FEMALE
        years = 62 if work.startswith("退休") else self.random.randint(26, 58)
        born = self.since - timedelta(days=365 * years + self.random.randint(0, 364))
        joined = born + timedelta(days=365 * min(years - 2, self.random.randint(21, 30)))
        person = Person(name=name, gender=gender, ethnicity="汉族", work=work)
        person.education = self.random.choice(["大学本科", "大学本科", "大学专科", "研究生"])
        person.born = PartialDate(born, Precision.DAY)
        if kind == StandingKind.PROBATIONARY:
            joined = self.since - timedelta(days=120)
        person.joined = PartialDate(joined.replace(day=1), Precision.MONTH)
        if kind == StandingKind.FULL:
            full = joined.replace(day=1, year=joined.year + 1)
            person.became_full = PartialDate(full, Precision.MONTH)
        person.write_id_number(id_number(born, 2 * self.number + (gender == Gender.MALE)))
        person.write_phone(f"1390000{2000 + self.number}")
        known = person.became_full or person.joined
        enrol(None, person, body, standing=kind, since=self.since, standing_since=known)
        return person


def id_number(born: date, order: int) -> str:
    """Return an invented ID number with a right check digit (GB 11643).

    Args:
        order: 1 to 999, odd for men.
    """
    digits = f"{REGION}{born:%Y%m%d}{order:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    return digits + "10X98765432"[rest]
