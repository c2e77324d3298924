"""The main job over HTTP, from an empty office to a Word file that says what the records say."""

import re

import pytest
from django.core.management import call_command
from tests.stories.main_job import (
    BRANCH,
    CAMPAIGN,
    GROUP,
    MEMBER,
    MENDED_TEXT,
    PROMISES,
    SECRETARY,
    MainJob,
    branch,
    fresh_bureau,
)
from tests.stories.visitors import OnPaper, squeeze, text_of

from zhengyou import documents
from zhengyou.campaigns.models import Criterion, Plan, SectionCode, Task
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Membership
from zhengyou.pledges.models import ItemKind, PledgeItem
from zhengyou.ui.text import long_date

pytestmark = pytest.mark.django_db


def test_from_a_messy_workbook_to_the_summary(capsys):
    fresh_bureau()
    job = MainJob(OnPaper)
    job.walk()
    job.summary_is_opened()
    every_number_leads_to_as_many_rows(job.secretary)
    said = [piece.text for piece in documents.read_text(job.summary_is_made())]
    the_paper_says_what_the_records_say(said)
    the_page_and_the_paper_agree(job.secretary, said)
    everything_is_in_the_ledger()
    call_command("ledger", "verify")
    assert "完好" in capsys.readouterr().out


def every_number_leads_to_as_many_rows(reader: OnPaper) -> None:
    """Follow each number of the summary and count what is behind it."""
    links = reader.page.xpath("//article//a[contains(@href, '/rows/')]")
    assert len(links) >= 15
    numbers = [(int(re.match(r"[\d,]+", text_of(link))[0]), link.get("href")) for link in links]
    here = reader.address
    for number, address in numbers:
        reader.open(address)
        rows = reader.page.xpath("//table/tbody/tr")
        assert len(rows) == number, address
        reader.sees(f"共 {number}") if number else reader.sees("一条也没有")
    reader.open(here)


def the_paper_says_what_the_records_say(said: list[str]) -> None:
    """Compare the text of the file with what the tables hold, number by number."""
    text = squeeze("".join(said))
    members = Membership.objects.on(clock.today()).filter(organisation=branch()).count()
    items = PledgeItem.objects.filter(pledge__organisation=branch())
    public = items.filter(state=ClimbState.PUBLISHED)
    plan = Plan.objects.get(organisation=branch())
    assert (items.count(), public.count()) == (3, 3)
    for words in (
        f"{BRANCH}“{CAMPAIGN}”阶段总结",
        f"花名册上有{members}名",
        f"{long_date(plan.published_at)}公开，其间退回修改{plan.decisions.count() - 1}次",
        f"活动主题：{plan.texts[SectionCode.THEME]}",
        f"有1名党员作出承诺，连同组织的承诺共{items.count()}条",
        "共性承诺1条、岗位承诺1条、实事承诺1条",
        f"已公开{public.count()}条",
        "已到目标1条，正在做2条",
        f"{BRANCH}{long_date(clock.today())}",
    ):
        assert squeeze(words) in text, words
    reached = public.get(text=PROMISES[0].text)
    for row in (
        [GROUP, SECRETARY, "—", MEMBER],
        [reached.text, "0 户", "24 户", "24 户"],
        *map(counted, Criterion.objects.filter(standard__campaign=plan.campaign)),
        *([task.title, task.owner_label, long_date(task.due_on)] for task in tasks_to_come()),
    ):
        assert in_a_row(row, said), row
    assert PROMISES[1].text not in text  # what was mended is gone
    assert {PROMISES[0].text, MENDED_TEXT, PROMISES[2].text} == {item.text for item in public}


def counted(criterion: Criterion) -> list[str]:
    """Return the row of the table that counts public items by criterion and kind."""
    items = PledgeItem.objects.filter(criterion=criterion, state=ClimbState.PUBLISHED)
    counts = [items.filter(kind=kind).count() for kind in ItemKind]
    return [criterion.standard.title, criterion.title, *map(str, counts), str(sum(counts))]


def tasks_to_come() -> list[Task]:
    """Return the tasks that are still due."""
    return list(Task.objects.filter(due_on__gte=clock.today()))


def in_a_row(cells: list[str], said: list[str]) -> bool:
    """Tell whether the file has these cells side by side."""
    starts = range(len(said) - len(cells) + 1)
    return any(said[start : start + len(cells)] == cells for start in starts)


def the_page_and_the_paper_agree(reader: OnPaper, said: list[str]) -> None:
    """Sentence by sentence, cell by cell: one composition serves both."""
    reader.click("看数字从哪来")
    text = squeeze("".join(said))
    shown = reader.page.xpath("//article//p[not(@class)] | //article//td | //article//h2")
    assert len(shown) > 20
    for each in shown:
        assert squeeze(text_of(each)) in text


def everything_is_in_the_ledger() -> None:
    """Who did what stands in the chain: one fact for the import, each answer, the paper."""
    verbs = set(Fact.objects.values_list("verb", flat=True))
    assert Fact.objects.filter(verb="roster.import").count() == 1
    for word in ("account.open", "post", "campaign", "plan", "pledge", "progress", "paper.finish"):
        assert any(verb.startswith(word) for verb in verbs), (word, sorted(verbs))
