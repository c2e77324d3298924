"""The public wall: item, target, progress, last note; names as the campaign sets, never a draft."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zhengyou.campaigns.models import CampaignState, NameStyle
from zhengyou.kernel import clock
from zhengyou.people.actions.people import enrol
from zhengyou.people.models import Person, StandingKind
from zhengyou.search import index

NAMES = ("宋知行", "魏长青", "方晓岚", "贺建国", "沈若兰")


@pytest.fixture
def wall(scene):
    """Return what the wall says, with a query."""

    def get(paper: bool = False, **query: str) -> str:
        page = "portal:wall_on_paper" if paper else "portal:wall"
        answer = Client().get(reverse(page, args=[scene.campaign.uid]), query)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


def style(scene, value: str) -> None:
    scene.campaign.wall_names = value
    scene.campaign.save()


def cards(page: str) -> int:
    return page.count('<article class="card zy-pledge')


def test_shows_item_target_progress_and_last_note(wall):
    page = wall()
    assert cards(page) == 5
    for words in (
        "放学后看护满 30 天。",
        "流感停了两周，少看护 10 天。",
        "12 天",
        "30 天",
        "2026年10月31日前",
    ):
        assert words in page
    assert "数已到目标，等支部确认" in page


def test_never_what_is_not_public(wall):
    for page in (wall(), wall(paper=True), wall(q="共性承诺"), wall(q="魏长青")):
        for hidden in ("方晓岚的", "魏长青的", "宋知行的共性承诺"):
            assert hidden not in page


class TestNames:
    def test_in_full_lead_to_all_that_one_promised(self, scene, wall):
        style(scene, NameStyle.FULL)
        pledge = reverse("pledges:pledge", args=[scene.pledges["song"].uid])
        page = wall()
        assert re.search(rf'href="{pledge}"[^>]*>\s*(<[^>]+>)*宋知行', page)
        assert Client().get(pledge).status_code == 200

    @pytest.mark.parametrize("value", [NameStyle.SURNAME, NameStyle.HIDDEN])
    def test_hidden_ones_are_nowhere(self, scene, wall, value):
        style(scene, value)
        item = scene.items("song")[2]
        item.text = "放学后看护满 30 天。"
        item.save()
        scene.pledges["song"].items.exclude(pk=item.pk).update(text="做一件事。")
        index.mend()
        pledge = reverse("pledges:pledge", args=[scene.pledges["song"].uid])
        for page in (
            wall(),
            wall(paper=True),
            wall(q="看护"),
            Client().get(pledge).content.decode(),
        ):
            assert "看护" in page
            assert not [name for name in NAMES if name in page]
            assert "一年级数学老师" not in page
        assert cards(wall(q="宋知行")) == 0

    def test_the_order_on_paper_does_not_tell_hidden_names(self, scene, wall, monkeypatch):
        style(scene, NameStyle.HIDDEN)
        with CaptureQueriesContext(connection) as seen:
            wall(paper=True)
        assert not [q for q in seen.captured_queries if "sort_key" in q["sql"].split("ORDER BY")[-1]
                    and "pledgeitem" in q["sql"]]  # fmt: skip


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"state": "done"}, 1),
            ({"state": "doing"}, 4),
            ({"kind": "deed"}, 3),
            ({"kind": "common"}, 1),
            ({"q": "看护"}, 1),
            ({"q": "宋知行"}, 2),
            ({"q": "没有这样的事"}, 0),
            ({"criterion": "member.faith"}, 2),
            ({"criterion": "member.faith", "kind": "deed"}, 1),
            # what nobody could have asked counts as not asked
            ({"state": "late"}, 5),
            ({"kind": "x", "criterion": "a.b", "body": "c", "page": "999"}, 5),
        ],
    )
    def test_let_through(self, scene, wall, query, expected):
        style(scene, NameStyle.FULL)
        assert cards(wall(**query)) == expected

    def test_by_body(self, scene, wall):
        branch = str(scene.cast.branch.uid)
        page = wall(body=branch)
        assert cards(page) == 5
        assert "育新小学党支部承诺墙" in page
        assert cards(wall(body=str(scene.cast.nanhu.uid))) == 0
        assert cards(wall(body=str(scene.cast.village.uid))) == 5  # not of this campaign

    def test_stay_when_one_more_is_chosen(self, scene, wall):
        page = wall(kind="deed", state="doing", q="看护")
        assert "kind=deed&amp;state=done&amp;q=" in page
        assert 'name="state" value="doing"' in page

    def test_what_is_typed_is_shown_as_text(self, wall):
        page = wall(q='"><script>alert(1)</script>')
        assert "<script>alert" not in page


def test_the_whole_wall_on_paper(scene, wall):
    style(scene, NameStyle.FULL)
    page = wall(paper=True)
    assert page.count("<tr>") == 6
    assert page.index("育新小学党支部的共性承诺") < page.index("放学后看护")
    assert wall(paper=True, q="看护").count("<tr>") == 2


def _more(scene, people: int) -> None:
    for number in range(people):
        person = Person(name=f"新员{number:03}")
        with clock.at(date(2026, 9, 15)):
            enrol(None, person, scene.cast.branch, standing=StandingKind.FULL)
            scene.cast.persons[f"new{number}"] = person
            scene.draft(f"new{number}")
            scene.submit(f"new{number}")
            scene.review(f"new{number}")


def test_queries_do_not_grow_with_the_rows(scene):
    urls = [
        reverse(name, args=[scene.campaign.uid])
        for name in ("portal:wall", "portal:wall_on_paper", "portal:campaign", "portal:plans")
    ]
    urls.append(reverse("portal:start"))

    def queries() -> list[int]:
        counts = []
        for url in urls:
            with CaptureQueriesContext(connection) as seen:
                Client().get(url)
            counts.append(len(seen))
        return counts

    before = queries()
    _more(scene, 10)
    assert queries() == before
    assert max(before) <= 14


def test_there_is_no_wall_of_a_campaign_in_preparation(scene):
    url = reverse("portal:wall", args=[scene.campaign.uid])
    scene.campaign.state = CampaignState.DRAFT
    scene.campaign.save()
    assert Client().get(url).status_code == 404
    scene.campaign.state = CampaignState.CLOSED
    scene.campaign.save()
    assert Client().get(url).status_code == 200
