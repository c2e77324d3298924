"""The demo: made by the verbs of the house, the same every time, something to do for everybody."""

from datetime import date

import pytest
from django.db import connection, transaction

from zhengyou.campaigns.cycles import cycle_rows
from zhengyou.campaigns.models import (
    Campaign,
    Consultation,
    Directive,
    OpinionAnswer,
    Plan,
    Posting,
    TaskReport,
)
from zhengyou.climb.models import ClimbState
from zhengyou.desk.queries import desk_of
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.ledger.verification import verify
from zhengyou.papers.figures import FIGURES
from zhengyou.papers.records import Records
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Account,
    Kind,
    Organisation,
    Person,
    Role,
    Transfer,
    TransferState,
)
from zhengyou.people.queries.roll import roll_on
from zhengyou.pledges import names, rules
from zhengyou.pledges.models import (
    Confirmation,
    Exemption,
    Fulfilment,
    Pledge,
    PledgeItem,
    Progress,
    SupervisionStep,
)
from zhengyou.portal.queries import campaign_cards
from zhengyou.problems.models import Problem, overdue
from zhengyou.remarks.models import Remark, Reply
from zhengyou.site.demo import export
from zhengyou.site.demo.story import LOGINS, Story
from zhengyou.work.models import ReportPoint
from zhengyou.work.survey import Survey, begun

SCHOOLS, TOWNSHIP = "小学创先争优活动", "乡中心学校创先争优活动"
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
    "岑守拙": Role.SECRETARY,
    "季春山": Role.SECRETARY,
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
            self.township()
            self.redrawn()
            self.said_and_done()
            self.promises()
            self.duties()
            self.rectified()
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
        assert kinds.count(Kind.PARTY_COMMITTEE) == 3
        assert (kinds.count(Kind.SCHOOL), kinds.count(Kind.BRANCH)) == (7, 9)
        assert kinds.count(Kind.GENERAL_BRANCH) == 1
        assert kinds.count(Kind.PARTY_GROUP) == 8
        assert Account.objects.count() == len(LOGINS)

    def plans(self):
        states = {
            title: [
                plan.state
                for plan in Plan.objects.filter(campaign__title=title).order_by(
                    "organisation__path"
                )
            ]
            for title in (SCHOOLS, TOWNSHIP)
        }
        public, waiting = ClimbState.PUBLISHED, ClimbState.SUBMITTED
        assert states == {
            SCHOOLS: [public, public, waiting],
            TOWNSHIP: [public, public, public, waiting],
        }
        assert Plan.objects.filter(decisions__answer="return").count() == 1

    def township(self):
        """What the first campaign does not show."""
        campaign = Campaign.objects.get(title=TOWNSHIP)
        assert (campaign.starts_on, campaign.ends_on) == (date(2026, 7, 1), date(2028, 12, 31))
        late_august = [row.code for row in campaign.active_phases(date(2026, 8, 25))]
        assert late_august == ["mobilise", "compete"]
        assert [row.ends_on for row in cycle_rows(campaign)] == [
            date(2027, 6, 30), date(2028, 6, 30), date(2028, 12, 31),
        ]  # fmt: skip
        (directive,) = Directive.objects.all()
        assert directive.studies.count() == 3
        assert Consultation.objects.filter(plan__campaign=campaign).count() == 4
        outcomes = OpinionAnswer.objects.order_by("outcome").values_list("outcome", flat=True)
        assert list(outcomes) == ["adopted", "adopted", "declined"]
        items = PledgeItem.objects.filter(pledge__campaign=campaign)
        announced = items.filter(announced_until__isnull=False)
        assert announced.filter(state=ClimbState.PUBLISHED).exists()
        assert any(item.announced for item in announced)
        assert Progress.objects.filter(item__in=items).exists()
        assert Transfer.objects.get().state == TransferState.ACCEPTED

    def redrawn(self):
        """A branch has become two; whoever leads them is asked for what was promised in the old."""
        old = Organisation.objects.get(closed_on__isnull=False)
        heirs = [row.heir for row in old.heirs.order_by("pk").select_related("heir")]
        assert [body.name for body in heirs] == ["云岭中心小学第一党支部", "云岭中心小学第二党支部"]
        eve = date(2026, 11, 20)
        assert len(roll_on(eve, old)) == sum(len(roll_on(ANCHOR, body)) for body in heirs) > 0
        assert roll_on(ANCHOR, old) == []
        left = Pledge.objects.filter(organisation=old, person__isnull=False)
        shared = {
            pledge.pk
            for name in ("盛玉兰", "季春山")
            for pledge in left.filter(
                rules.reviewable_pledges(acting_as(Person.objects.get(name=name), Role.SECRETARY))
            )
        }
        leaders = left.filter(person__name__in=("盛玉兰", "季春山"))
        assert shared == set(left.values_list("pk", flat=True)) - set(
            leaders.values_list("pk", flat=True)
        )

    def said_and_done(self):
        assert set(Remark.objects.values_list("state", flat=True)) == {"shown", "held", "waiting"}
        assert Reply.objects.count() >= 6
        assert {row.outcome for row in Fulfilment.objects.all()} >= {"fulfilled", "partly"}
        assert Confirmation.objects.exists()
        assert SupervisionStep.objects.count() == 3
        assert TaskReport.objects.filter(done_on=None).count() == 1
        assert {row.channel for row in Posting.objects.all()} >= {"board", "wall_paper", "website"}

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

    def duties(self):
        """Done, forgotten, entered late, lifted, missing and stuck: a bit of everything."""
        branch = Organisation.objects.get(name="育新小学党支部")
        campaign = Campaign.objects.get(title=SCHOOLS)
        lines = Survey(campaign, ANCHOR, body=branch, choose=begun).lines()
        found = {(line.duty.code, line.state) for line in lines}
        assert found >= {
            ("feedback", "done"), ("feedback", "overdue"), ("lecture", "overdue"),
            ("launch", "done"), ("test", "done"), ("theme-day", "done"),
            ("test", "exempt"), ("group", "overdue"), ("group", "done"),
        }  # fmt: skip
        assert any(line.done.entered_late for line in lines if line.duty.code == "feedback")
        assert ReportPoint.objects.filter(section="stuck", report__sent_at__isnull=False).exists()

    def rectified(self):
        """The primary school's ledger: every kind of end, something overdue, something private."""
        school = Problem.objects.filter(organisation__name="育新小学党支部")
        states = set(school.values_list("state", flat=True))
        assert states >= {"open", "agreed", "under_way", "closed", "explained"}
        assert school.filter(overdue(ANCHOR), state="under_way").exists()
        assert school.filter(reopenings__isnull=False, verifications__passed=False).exists()
        assert school.filter(extensions__state="asked", source_kind="report_point").exists()
        assert school.filter(subject__name="宋知行").exists()

    def something_to_do(self):
        desks = {
            name: desk_of(acting_as(Person.objects.get(name=name), role))
            for name, role in HATS.items()
        }
        for name in ("沈若兰", "宋知行", "田雨禾", "闻立诚", "柏长林"):
            assert any("进展" in errand.title for errand in desks[name].todo), name
        assert any("石桥小学" in errand.title for errand in desks["顾明川"].waiting)
        assert any("竹湾小学" in errand.title for errand in desks["岑守拙"].waiting)
        assert any("2 条群众意见等着公开" in row.title for row in desks["沈若兰"].waiting)
        assert any("2 条群众意见要答复" in row.title for row in desks["沈若兰"].todo)
        reviews = [row for row in desks["沈若兰"].waiting if "承诺" in row.title]
        assert len(reviews) >= 3
        assert desks["殷素秋"].waiting == desks["殷素秋"].todo == []
        assert desks["殷素秋"].offers

    def public(self):
        assert {card.campaign.title for card in campaign_cards()} == {SCHOOLS, TOWNSHIP}
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
        assert any(item.announced for item in PledgeItem.objects.all())
        song = Person.objects.get(name="宋知行")
        assert any("进展" in errand.title for errand in desk_of(acting_as(song)).todo)
    assert Fact.objects.latest("seq").at.date() <= anchor
