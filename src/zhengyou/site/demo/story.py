"""The demo: a county with a bureau's schools and a township's, each in a campaign of its own, told
with the verbs of the house.

Events are laid on a calendar and played in order, each at its own moment, so that ledger, dates and
rules are exactly what they would have been. Same seed and anchor day: same story.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from zhengyou.kernel import clock
from zhengyou.ledger import book
from zhengyou.ledger.actions import publish_head
from zhengyou.people.actions.accounts import invite, open_account
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.site.demo.calendar import Calendar
from zhengyou.site.demo.cast import Builder, Cast
from zhengyou.site.demo.primary import LENGTH, Primary
from zhengyou.site.demo.township import Township, starts_on
from zhengyou.site.demo.words import Words

SEED = 20260901
PASSWORD = "zhengyou-demo-2026"
LOGINS = (
    ("gumingchuan", "顾明川", "教育局活动办：启动活动、审方案、看全局"),
    ("shenruolan", "沈若兰", "育新小学党支部书记：审承诺、管花名册、出总结"),
    ("songzhixing", "宋知行", "育新小学党员：写承诺、记进展"),
    ("tianyuhe", "田雨禾", "育新小学记录员：替别人代录"),
    ("yinsuqiu", "殷素秋", "教育局督查员：只看不改"),
    ("wenlicheng", "闻立诚", "南湖小学党支部书记：隔壁支部"),
    ("bochanglin", "柏长林", "石桥小学党支部书记：方案还在等审"),
    ("censhouzhuo", "岑守拙", "云岭乡中心学校党总支书记：另一个活动，审各村小的方案"),
    ("jichunshan", "季春山", "云岭中心小学第二党支部书记：支部昨天一分为二，接着管老支部的承诺"),
    ("hangqingsong", "杭青松", "松坪小学党支部书记：村小支部"),
    ("zhuoyining", "卓一宁", "县委系统管理员"),
)


@dataclass(slots=True)
class Story:
    """Plays the demo.

    Args:
        anchor: the day on which the story has arrived, usually today.
        seed: draws people, promises and progress.
        share: how much of the schools' people take part, above 0 to 1; the named ones always do.
    """

    anchor: date
    seed: int = SEED
    share: float = 1.0
    cast: Cast = field(init=False)

    def play(self) -> None:
        """Build everybody and play all events, in one transaction: all of it or nothing."""
        first = self.anchor - timedelta(days=LENGTH)
        township = starts_on(self.anchor)
        begins = min(first, township)
        with book.writing():
            with clock.at(begins - timedelta(days=40)):
                since = begins - timedelta(days=200)
                self.cast = Builder(self.seed, since, Words(), self.share).build()
                self._open_accounts()
            calendar = Calendar(self.anchor)
            names = [name for _, name, _ in LOGINS]
            Primary(calendar, self.cast, Words(), Random(self.seed), first, names).tell()
            random = Random(self.seed + 1)
            Township(calendar, self.cast, Words("town_"), random, township, names).tell()
            calendar.play()
            with clock.at(self.anchor):
                publish_head()

    def _open_accounts(self) -> None:
        keeper = acting_as(self.cast["卓一宁"], Role.SYSTEM_ADMIN)
        for body in (self.cast.bureau, self.cast.township):
            persons = [self.cast[name] for _, name, _ in LOGINS if self._below(name, body)]
            codes = {person.name: code for person, code, _ in invite(keeper, body, persons)}
            for username, name, _ in LOGINS:
                if name in codes:
                    open_account(codes[name], username, PASSWORD)

    def _below(self, name: str, body: Organisation) -> bool:
        person: Person = self.cast[name]
        return person.memberships.filter(organisation__path__startswith=body.path).exists()
