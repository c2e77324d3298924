"""The demo: made by the verbs of the house, the same every time, something to do for everybody."""

from datetime import date

import pytest
from django.db import connection, transaction

from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.desk.queries import desk_of
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.ledger.verification import verify
from zhengyou.papers.figures import FIGURES
from zhengyou.papers.records import Records
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Account, Kind, Organisation, Person, Role
from zhengyou.pledges import names, rules
from zhengyou.pledges.models import Exemption, Pledge, PledgeItem, Progress
from zhengyou.portal.queries import campaign_cards
from zhengyou.site.demo import export
from zhengyou.site.demo.story import LOGINS, Story

ANCHOR = date(2026, 11, 22)
SMALL = 0.3
HATS = {
    "顾明川": Role.CAMPAIGN_OFFICE,
    "沈若兰": Role.SECRETARY,
    "宋知行": None,
    "田雨禾": Role.RECORDER,
    "殷素秋": Role.INSPECTOR,
    "闻立诚": Role.SECRETARY,
    "柏长林": Role.SECRETARY,
    "卓一宁": Role.SYSTEM_ADMIN,
}

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="one database is enough for a story of minutes"
)
pytestmark = [pytest.mark.django_db, on_sqlite]


def play(anchor: date = ANCHOR, **options: object) -> str:
    """Play a small story, in a transaction of this test, and return it as canonical text."""
    Story(anchor, share=SMALL, **options).play()
    with clock.at(anchor):
        return export.text()


class TestTheStory:
    """All of it on one load, the second: the first has only told that it comes out the same."""

    def test_is_the_same_again_and_all_there(self):
        with transaction.atomic():
            first = play()
            transaction.set_rollback(True)
        assert play() == first
        assert "宋知行" in first
        with clock.at(ANCHOR):
            self.made_by_verbs()
            self.bodies_and_people()
            self.plans()
            self.promises()
            self.something_to_do()
            self.public()

    def made_by_verbs(self):
        assert verify().fault is None
        about = set(Fact.objects.values_list("about_uid", flat=True))
        for model in (Plan, PledgeItem, Person, Organisation):
            made = set(model.objects.values_list("uid", flat=True))
            assert made <= about, model
        noted = Fact.objects.filter(verb="progress.note").count()
        assert noted == Progress.objects.count()

    def bodies_and_people(self):
        kinds = list(Organisation.objects.values_list("kind", flat=True))
        assert kinds.count(Kind.PARTY_COMMITTEE) == 1
        assert kinds.count(Kind.SCHOOL) == kinds.count(Kind.BRANCH) == 3
        assert kinds.count(Kind.PARTY_GROUP) == 8
        assert Account.objects.count() == len(LOGINS)

    def plans(self):
        states = [plan.state for plan in Plan.objects.order_by("organisation__path")]
        assert states == [ClimbState.PUBLISHED, ClimbState.PUBLISHED, ClimbState.SUBMITTED]
        assert Plan.objects.filter(decisions__answer="return").count() == 1

    def promises(self):
        plan = Plan.objects.select_related("campaign__organisation", "organisation")
        branch = plan.get(organisation__name="育新小学党支部")
        records = Records.load(branch.campaign, branch.organisation, ANCHOR)
        counted = {code: figure.count(records).value for code, figure in FIGURES.items()}
        for code in ("public", "items_submitted", "reached", "doing", "overdue", "noted", "soon"):
            assert counted[code] > 0, code
        assert counted["exempt"] == 1
        assert counted["unpledged"] == 1  # has not begun
        assert Exemption.objects.get().person.name == "贺建国"
        assert PledgeItem.objects.filter(reviews__answer="return").exists()
        texts = [item.text for item in PledgeItem.objects.filter(pledge__person__isnull=False)]
        assert len(texts) == len(set(texts))
        words = list(Progress.objects.values_list("words", flat=True))
        assert max(map(words.count, words)) <= len(words) / 8

    def something_to_do(self):
        desks = {
            name: desk_of(acting_as(Person.objects.get(name=name), role))
            for name, role in HATS.items()
        }
        for name in ("沈若兰", "宋知行", "田雨禾", "闻立诚", "柏长林"):
            assert any("进展" in errand.title for errand in desks[name].todo), name
        assert any("石桥小学" in errand.title for errand in desks["顾明川"].waiting)
        assert len(desks["沈若兰"].waiting) == 4  # three pledges and what the public says
        assert any("2 条群众意见等着公开" in row.title for row in desks["沈若兰"].waiting)
        assert any("2 条群众意见要答复" in row.title for row in desks["沈若兰"].todo)
        assert desks["殷素秋"].waiting == desks["殷素秋"].todo == []
        assert desks["殷素秋"].offers

    def public(self):
        (card,) = campaign_cards()
        assert card.campaign.title == "小学创先争优活动"
        pledge = Pledge.objects.filter(person__name="宋知行").select_related("campaign").get()
        assert names.in_public(pledge).name == "宋知行"
        secretary = acting_as(Person.objects.get(name="沈若兰"), Role.SECRETARY)
        assert not rules.may_review(secretary, Pledge.objects.get(person__name="沈若兰"))


def test_any_day_will_do():
    anchor = date(2028, 2, 29)  # The year turns within the story, too.
    play(anchor, seed=7)
    with clock.at(anchor):
        assert verify().fault is None
        assert PledgeItem.objects.filter(state=ClimbState.PUBLISHED).exists()
        song = Person.objects.get(name="宋知行")
        assert any("进展" in errand.title for errand in desk_of(acting_as(song)).todo)
    assert Fact.objects.latest("seq").at.date() <= anchor
