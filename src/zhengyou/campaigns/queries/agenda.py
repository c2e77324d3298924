"""What a campaign puts into the calendar of a body: phases, key dates, tasks with their dates."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Milestone, Plan, Task, TaskDue
from zhengyou.campaigns.queries.campaigns import covering
from zhengyou.kernel.agenda import Occasion
from zhengyou.people.models import Organisation


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return what falls into ``since`` to ``until`` (both included). Six queries at most."""
    running = {campaign.pk: campaign for campaign in covering(body)}
    rows = [row for campaign in running.values() for row in _phases(campaign)]
    rows += _milestones(running)
    rows += _tasks(running, body)
    return [row for row in rows if since <= row.day <= until]


def _phases(campaign: Campaign) -> Iterator[Occasion]:
    url = reverse("campaigns:campaign", args=[campaign.uid])
    for phase in campaign.phases.all():
        key, words = f"phase:{phase.uid}", campaign.title
        yield Occasion(f"{key}:begin", f"“{phase}”阶段开始", phase.starts_on, words, url=url)
        yield Occasion(f"{key}:end", f"“{phase}”阶段最后一天", phase.ends_on, words, url=url)


def _milestones(running: dict[int, Campaign]) -> Iterator[Occasion]:
    rows = Milestone.objects.filter(phase__campaign__in=running).select_related("phase")
    for row in rows:
        campaign = running[row.phase.campaign_id]
        url = reverse("campaigns:campaign", args=[campaign.uid])
        yield Occasion(f"milestone:{row.pk}", row.title, row.due_on, campaign.title, url=url)


def _tasks(running: dict[int, Campaign], body: Organisation) -> Iterator[Occasion]:
    """Yield the tasks of the campaigns that the body has adopted, by the date that counts here."""
    plans = {
        plan.campaign_id: plan
        for plan in Plan.objects.filter(organisation=body, campaign__in=running)
    }
    tasks = Task.objects.filter(phase__campaign__in=plans).select_related("phase", "owner_group")
    own = dict(TaskDue.objects.filter(plan__in=plans.values()).values_list("task_id", "due_on"))
    for task in tasks:
        plan = plans[task.phase.campaign_id]
        url = reverse("campaigns:plan_tasks", args=[plan.uid])
        due = min(own.get(task.pk, task.due_on), task.due_on)
        words = f"{task.owner_label}负责，今天到期"
        yield Occasion(f"task:{plan.uid}:{task.pk}", task.title, due, words, url=url)
