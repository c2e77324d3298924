"""The named cast that all tests share: a county committee, two schools and a village.

    def test_x(cast):
        cast.branch, cast.shen                       # 育新小学党支部, its secretary 沈若兰
        cast["宋知行"]                                # anybody by name
        acting_as(cast.gu, Role.CAMPAIGN_OFFICE)     # an actor for verbs and rules
        client_as(cast.shen, Role.SECRETARY)         # a signed-in test client, wearing that hat

Everything is built with the verbs of the house and stands from 1 January 2026 on, so a test may
stand at any later day with ``clock.at``. All names, places and numbers are invented.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.sessions.backends.base import SessionBase
from django.test import Client
from tests.stage import shared

from zhengyou.kernel import clock
from zhengyou.kernel.partial_dates import parse
from zhengyou.ledger import book
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as
from zhengyou.people.middleware import HAT_KEY
from zhengyou.people.models import (
    Account,
    Gender,
    Kind,
    Organisation,
    Person,
    Role,
    StandingKind,
)

FOUNDED = date(2019, 9, 1)
ENROLLED = date(2026, 1, 1)
PASSWORD = "照着诺言做事2026"

# name, gender, born, joined, became full, standing, work; in the order of their numbers
_PERSONS = {
    "qin": ("秦望舒", "女", "1972.05.11", "1996.07", "1997.07", "full", "教育局局长"),
    "gu": ("顾明川", "男", "1985年3月2日", "2008.06", "2009.06", "full", "组织科科员"),
    "yin": ("殷素秋", "女", "1979年11月", "2003.12", "2004.12", "full", "督导室主任"),
    "zhuo": ("卓一宁", "男", "1990年8月19日", "2014.05", "2015.05", "full", "信息中心工程师"),
    "shen": ("沈若兰", "女", "1976年4月8日", "1999.06", "2000.06", "full", "校长"),
    "zhou": ("周启明", "男", "1980年12月1日", "2005.07", "2006.07", "full", "副校长"),
    "su": ("苏映雪", "女", "1984年2月20日", "2010.06", "2011.06", "full", "二年级语文老师"),
    "tian": ("田雨禾", "女", "1992年9月30日", "2016.11", "2017.11", "full", "教导处干事"),
    "song": ("宋知行", "男", "1988年6月16日", "2012.04", "2013.04", "full", "一年级数学老师"),
    "wei": ("魏长青", "男", "1970年1月25日", "1995", "1996", "full", "五年级语文老师"),
    "he": ("贺建国", "男", "1963年3月8日", "1985.07", "1986.07", "full", "退休，原后勤主任"),
    "fang": ("方晓岚", "女", "1996年7月7日", "2025.12", "", "probationary", "二年级语文老师"),
    "jiang": ("江一帆", "男", "1998年10月12日", "", "", "activist", "科学老师"),
    "wen": ("闻立诚", "男", "1974年8月3日", "1998.06", "1999.06", "full", "南湖小学校长"),
    "xu": ("许青禾", "女", "1991年5月5日", "2015.06", "2016.06", "full", "南湖小学老师"),
    "bai": ("柏长林", "男", "1968年10月1日", "1992.07", "1993.07", "full", "石桥村书记、主任"),
    "tao": ("陶满仓", "男", "1956年2月13日", "1978.07", "1979.07", "full", "务农"),
}  # fmt: skip


@dataclass
class Cast:
    """The bodies and the people. Persons stand under their surname in pinyin."""

    county: Organisation  # 澜阳县委, the root
    bureau: Organisation  # 澜阳县教育局党委
    branch: Organisation  # 育新小学党支部
    school: Organisation  # 育新小学, the unit it leads
    low: Organisation  # 低段党小组
    high: Organisation  # 高段党小组
    logistics: Organisation  # 后勤党小组
    nanhu: Organisation  # 南湖小学党支部, next door
    town: Organisation  # 石桥镇党委
    village: Organisation  # 石桥村党支部
    persons: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, surname: str) -> Person:
        """Return the person of that surname: ``cast.shen``."""
        try:
            return self.__dict__["persons"][surname]
        except KeyError:
            raise AttributeError(f"nobody called {surname} in the cast") from None

    def __getitem__(self, name: str) -> Person:
        """Return the person of that name: ``cast["沈若兰"]``."""
        return next(person for person in self.persons.values() if person.name == name)


@shared
def cast() -> Cast:
    """The whole cast."""
    return build()


def build() -> Cast:
    """Build the cast in the database."""
    with clock.at(ENROLLED), book.writing():
        cast = _bodies()
        cast.persons = {key: _person(number, *row) for number, (key, row) in _numbered()}
        _enrol(cast)
        _appoint(cast)
    return cast


def _bodies() -> Cast:
    def body(name: str, kind: Kind, parent: Organisation | None, order: int = 0) -> Organisation:
        return found(None, name=name, kind=kind, parent=parent, order=order, on=FOUNDED)

    county = body("澜阳县委", Kind.PARTY_COMMITTEE, None)
    bureau = body("澜阳县教育局党委", Kind.PARTY_COMMITTEE, county, 1)
    town = body("石桥镇党委", Kind.PARTY_COMMITTEE, county, 2)
    branch = body("育新小学党支部", Kind.BRANCH, bureau, 1)
    return Cast(
        county=county,
        bureau=bureau,
        branch=branch,
        school=body("育新小学", Kind.SCHOOL, branch, 9),
        low=body("低段党小组", Kind.PARTY_GROUP, branch, 1),
        high=body("高段党小组", Kind.PARTY_GROUP, branch, 2),
        logistics=body("后勤党小组", Kind.PARTY_GROUP, branch, 3),
        nanhu=body("南湖小学党支部", Kind.BRANCH, bureau, 2),
        town=town,
        village=body("石桥村党支部", Kind.BRANCH, town, 1),
    )


def _numbered() -> list[tuple[int, tuple[str, tuple[str, ...]]]]:
    return list(enumerate(_PERSONS.items(), start=1))


def _person(
    number: int, name: str, gender: str, born: str, joined: str, full: str, kind: str, work: str
) -> Person:
    """Return an unsaved person; the standing is set when it is enrolled."""
    sex = Gender.MALE if gender == "男" else Gender.FEMALE
    person = Person(name=name, gender=sex, ethnicity="汉族", education="大学本科", work=work)
    person.born = parse(born)
    person.joined = parse(joined) if joined else None
    person.became_full = parse(full) if full else None
    person.write_id_number(id_number(person.born.date, 2 * number + (gender == "男")))
    person.write_phone(f"1390000{1000 + number}")
    return person


def id_number(born: date, order: int) -> str:
    """Return an invented ID number with a right check digit.

    Args:
        order: 1 to 999, odd for men.
    """
    digits = f"330999{born:%Y%m%d}{order:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return digits + "10X98765432"[rest]


def _enrol(cast: Cast) -> None:
    homes = {
        cast.bureau: "qin gu yin zhuo",
        cast.branch: "shen zhou su tian song wei he fang jiang",
        cast.low: "shen su song fang",
        cast.high: "zhou tian wei",
        cast.logistics: "he",
        cast.nanhu: "wen xu",
        cast.village: "bai tao",
    }
    for body, surnames in homes.items():
        for surname in surnames.split():
            person = cast.persons[surname]
            first = person.pk is None
            standing = StandingKind(_PERSONS[surname][5]) if first else None
            known = person.became_full or person.joined
            enrol(None, person, body, standing=standing, since=ENROLLED, standing_since=known)


def _appoint(cast: Cast) -> None:
    for surname, body, role, portfolio in (
        ("zhuo", cast.county, Role.SYSTEM_ADMIN, ""),
        ("qin", cast.bureau, Role.SECRETARY, ""),
        ("gu", cast.bureau, Role.CAMPAIGN_OFFICE, ""),
        ("yin", cast.bureau, Role.INSPECTOR, ""),
        ("shen", cast.branch, Role.SECRETARY, ""),
        ("zhou", cast.branch, Role.DEPUTY_SECRETARY, ""),
        ("su", cast.branch, Role.COMMITTEE_MEMBER, "组织"),
        ("tian", cast.branch, Role.RECORDER, ""),
        ("song", cast.low, Role.GROUP_LEADER, ""),
        ("wei", cast.high, Role.GROUP_LEADER, ""),
        ("wen", cast.nanhu, Role.SECRETARY, ""),
        ("bai", cast.village, Role.SECRETARY, ""),
    ):
        appoint(None, cast.persons[surname], body, role, portfolio=portfolio, since=ENROLLED)


def account_of(person: Person) -> Account:
    """Return the person's account, opened with :data:`PASSWORD` if there is none yet."""
    known = Account.objects.filter(person=person).first()
    if known is not None:
        return known
    return Account.objects.create_user(
        username=f"user{person.pk}", password=PASSWORD, person=person, opened_at=clock.now()
    )


def client_as(person: Person, role: Role | None = None) -> Client:
    """Return a client signed in as ``person``, wearing the first hat of ``role``.

    Args:
        role: None for plain membership.

    Raises:
        LookupError: the person has no such hat today.
    """
    hat = acting_as(person, role).hat
    client = Client()
    client.force_login(account_of(person))
    session: SessionBase = client.session
    session[HAT_KEY] = str(hat.uid) if hat else ""
    session.save()
    return client
