"""Two act at one moment: one gets through, the other is told; nothing is decided twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from tests import cast as casting
from tests.campaigns.conftest import BEGINS, PLEDGES, SMALL, fresh

from zhengyou.campaigns.actions import campaigns, consultations, groups, manuscripts, plans, tasks
from zhengyou.campaigns.models import (
    Campaign,
    Consultation,
    Manuscript,
    Plan,
    PlanDecision,
    Task,
    TaskReport,
)
from zhengyou.campaigns.models.manuscript import digest
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Post, Role

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = BEGINS.replace(day=15)


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """Run all jobs in threads that start together; return what each raised, sorted by name."""
    gate, results = threading.Barrier(len(jobs)), [""] * len(jobs)

    def run(number: int, job: Callable[[], object]) -> None:
        try:
            with clock.at(TODAY):
                gate.wait(10)
                job()
        except Exception as problem:  # noqa: BLE001  (handed to the test)
            results[number] = type(problem).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(results)


class Scene:
    """The cast with a running campaign and the branch's plan, as far as a test wants it."""

    def __init__(self) -> None:
        with clock.at(TODAY):
            self.cast = casting.build()
            self.office = acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
            self.committee = acting_as(self.cast.qin, Role.SECRETARY)
            self.shen = acting_as(self.cast.shen, Role.SECRETARY)
            self.zhou = acting_as(self.cast.zhou, Role.DEPUTY_SECRETARY)
            self.draft = campaigns.create(self.office, self.cast.bureau, SMALL, BEGINS)

    def running(self) -> Campaign:
        """Return the campaign, started."""
        with clock.at(TODAY):
            self.draft.open(self.office)
        return Campaign.objects.select_related("organisation").get(pk=self.draft.pk)

    def plan(self) -> Plan:
        """Return the branch's plan, written."""
        with clock.at(TODAY):
            plan = plans.adopt(self.shen, self.running(), self.cast.branch)
            plans.write(self.shen, plan, {"pledges": PLEDGES}, plan.revision)
        return fresh(plan)

    def submitted(self) -> Plan:
        """Return the branch's plan, submitted."""
        plan = self.plan()
        with clock.at(TODAY):
            plan.submit(self.shen)
        return fresh(plan)


def test_of_two_who_start_a_campaign_one_is_told():
    scene = Scene()
    results = at_once(
        lambda: Campaign.objects.get(pk=scene.draft.pk).open(scene.office),
        lambda: Campaign.objects.get(pk=scene.draft.pk).open(scene.committee),
    )
    assert results[0] == ""
    assert results[1] in ("Stale", "Refused")  # Refused, where it was read after the other's deed.
    assert Fact.objects.filter(verb="campaign.open").count() == 1


def test_of_two_who_adopt_one_is_told():
    scene = Scene()
    run = scene.running()
    results = at_once(
        lambda: plans.adopt(scene.shen, run, scene.cast.branch),
        lambda: plans.adopt(scene.zhou, run, scene.cast.branch),
    )
    assert results == ["", "Refused"]
    assert Plan.objects.count() == 1
    assert Fact.objects.filter(verb="plan.adopt").count() == 1


def test_of_two_who_decide_one_is_told():
    scene = Scene()
    one, other = scene.submitted(), None
    other = fresh(one)
    results = at_once(
        lambda: one.approve(scene.office, revision=one.revision),
        lambda: other.send_back(scene.committee, {"theme": "写具体"}, revision=other.revision),
    )
    assert results == ["", "Stale"]
    (decision,) = PlanDecision.objects.all()
    state = {"approve": ClimbState.APPROVED, "return": ClimbState.RETURNED}[decision.answer]
    assert fresh(one).state == state


def test_a_plan_is_not_approved_while_it_is_taken_back():
    scene = Scene()
    one = scene.submitted()
    other = fresh(one)
    results = at_once(
        lambda: one.approve(scene.office, revision=one.revision),
        lambda: other.take_back(scene.shen),
    )
    assert results == ["", "Stale"]
    assert PlanDecision.objects.count() == (fresh(one).state == ClimbState.APPROVED)


def test_of_two_who_write_on_one_draft_one_is_told():
    scene = Scene()
    one = scene.plan()
    other = fresh(one)
    results = at_once(
        lambda: plans.write(scene.shen, one, {"theme": "书记写的"}, one.revision),
        lambda: plans.write(scene.zhou, other, {"theme": "副书记写的"}, other.revision),
    )
    assert results == ["", "Stale"]
    assert fresh(one).revision == one.revision or fresh(one).revision == other.revision


def test_a_draft_goes_up_or_is_put_out_never_both():
    scene = Scene()
    plan = scene.plan()
    results = at_once(
        lambda: fresh(plan).submit(scene.shen),
        lambda: consultations.consult(scene.zhou, fresh(plan), 5),
    )
    assert results[0] == "" and results[1] in ("Refused", "Stale")
    out = Consultation.objects.filter(plan=plan).exists()
    assert out == (fresh(plan).state == ClimbState.DRAFT)


def test_the_last_seat_is_given_once():
    scene = Scene()
    plan = scene.plan()

    def leading():
        rows = plan.groups.select_related(
            "plan__organisation", "plan__campaign", "template", "organisation"
        )
        return rows.get(template__code="leading")

    results = at_once(
        lambda: groups.seat(scene.shen, leading(), scene.cast.shen, Role.SEAT_HEAD),
        lambda: groups.seat(scene.zhou, leading(), scene.cast.zhou, Role.SEAT_HEAD),
    )
    assert results == ["", "Refused"]
    assert Post.objects.filter(role=Role.SEAT_HEAD).count() == 1


def test_two_report_one_task():
    scene = Scene()
    plan = scene.plan()
    task = Task.objects.select_related("phase").get(code="launch")

    def report(actor):
        return lambda: tasks.report(actor, plan, task, words="开了", done_on=TODAY)

    assert at_once(report(scene.shen), report(scene.zhou)) == ["", "Stale"]
    assert TaskReport.objects.count() == Fact.objects.filter(verb="task.report").count() == 1


def test_two_save_one_blueprint():
    scene = Scene()
    with clock.at(TODAY):
        own = manuscripts.keep(scene.office, scene.cast.bureau, SMALL)

    def save(actor, theme):
        text = SMALL.replace("三尺讲台见初心", theme)
        return lambda: manuscripts.save(
            actor, Manuscript.objects.get(pk=own.pk), text, digest(SMALL)
        )

    assert at_once(save(scene.office, "甲"), save(scene.committee, "乙")) == ["", "Stale"]
    assert Fact.objects.filter(verb="manuscript.save").count() == 1


def test_two_give_a_draft_another_file():
    scene = Scene()
    seen = scene.draft.blueprint_digest

    def replace(actor, theme):
        campaign = Campaign.objects.select_related("organisation").get(pk=scene.draft.pk)
        text = SMALL.replace("三尺讲台见初心", theme)
        return lambda: campaigns.replace_blueprint(actor, campaign, text, BEGINS, seen=seen)

    assert at_once(replace(scene.office, "甲"), replace(scene.committee, "乙")) == ["", "Stale"]
