"""A visitor without an account: finds a promise by a word of two characters, reads what was said
and answered, says something, and takes away tables whose numbers are those of the pages."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from tests import cast as casting
from tests.papers.conftest import NOW, play

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.pledges.actions import progress, writing
from zhengyou.pledges.models import PledgeItem
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.models import Remark

pytestmark = pytest.mark.django_db
WORDS = "看护的时候能不能也让孩子写作业？"
ANSWER = "能。从下周起腾出两间教室，写作业的孩子坐一边。"


class Visitor:
    """Somebody with a browser and no account, who goes where links lead."""

    def __init__(self) -> None:
        self.client = Client()
        self.open("/")

    def open(self, url: str) -> None:
        """Go to an address of this site."""
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, url
        self.address = url
        self.raw = (
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        )  # fmt: skip
        kind = answer["Content-Type"]
        self.page = html.fromstring(self.raw) if kind.startswith("text/html") else None

    def follow(self, words: str) -> None:
        """Follow the first link that says ``words``."""
        links = [a for a in self.page.iter("a") if words in a.text_content()]
        assert links, words
        self.open(links[0].get("href"))

    def search(self, words: str) -> None:
        """Type into the box at the top of every page."""
        (form,) = self.page.xpath("//header//form[@role='search']")
        self.open(f"{form.get('action')}?q={words}")

    def sees(self, words: str) -> bool:
        """Whether the page says ``words``."""
        return words in " ".join(self.page.text_content().split())

    def figures(self) -> dict[str, int]:
        """Return the numbers at the top of the page."""
        return {
            each.findtext("dt"): int(each.findtext("dd").replace(",", ""))
            for each in self.page.xpath("//dl[@class='zy-figures']/div")
        }


@pytest.fixture
def scene():
    with clock.at(date(2026, 8, 1)):
        cast = casting.build()
    scene = play(cast)
    with clock.at(NOW):
        yield scene


def test_a_visitor_finds_reads_speaks_and_takes_the_tables_away(scene) -> None:
    visitor = Visitor()
    visitor.search("看护")
    assert visitor.sees("找到 1 条") and visitor.sees("放学后看护满 30 天。")
    visitor.follow("提意见")
    _say(visitor, WORDS)
    _let_through_and_answer(scene)

    visitor.open("/")
    visitor.follow("看承诺墙")
    assert visitor.figures()["条意见已答复"] == 1
    assert visitor.sees("1 条意见")
    visitor.follow("意见与答复")
    assert visitor.sees(WORDS) and visitor.sees(ANSWER)
    visitor.search("写作业")
    assert visitor.sees(ANSWER)

    _tables_say_what_the_pages_say(scene, visitor)
    _what_is_taken_down_is_gone(scene, visitor)


def _say(visitor: Visitor, words: str) -> None:
    (form,) = visitor.page.xpath("//form[@method='post'][.//textarea]")
    fields = {each.get("name"): each.get("value", "") for each in form.xpath(".//input[@name]")}
    area = form.xpath(".//textarea")[0].get("name")
    address = form.get("action") or visitor.address
    answer = visitor.client.post(address, {**fields, area: words}, follow=True)
    assert answer.status_code == 200
    assert Remark.objects.get().text == words


def _let_through_and_answer(scene) -> None:
    (remark,) = Remark.objects.all()
    moderating.show(scene.secretary, [remark])
    answering.answer(scene.secretary, Remark.objects.get(), ANSWER)


def _tables_say_what_the_pages_say(scene, visitor: Visitor) -> None:
    visitor.open(reverse("portal:wall", args=[scene.campaign.uid]))
    wall = visitor.figures()
    visitor.follow("数据公开")
    counts = {
        head.getparent().findtext("h2"): int(head.text.replace(",", ""))
        for head in visitor.page.xpath("//*[@class='zy-count']")
    }
    data = {}
    for table in ("pledges", "remarks", "plans", "postings"):
        base = reverse("portal:data", args=[scene.campaign.uid])
        visitor.open(f"{base}{table}.csv")
        rows = list(csv.DictReader(io.StringIO(visitor.raw.decode("utf-8-sig"))))
        visitor.open(f"{base}{table}.json")
        assert len(json.loads(visitor.raw)["rows"]) == len(rows)
        data[table] = rows
    assert len(data["pledges"]) == wall["条承诺"] == counts["承诺和进展"] == 5
    assert len(data["remarks"]) == wall["条意见已答复"] == counts["意见与答复"] == 1
    assert data["remarks"][0]["答复"] == ANSWER
    assert len(data["plans"]) == counts["方案"] == 1
    doing = [row for row in data["pledges"] if row["状态"] == "正在做"]
    assert len(doing) == wall["正在做"]


def _what_is_taken_down_is_gone(scene, visitor: Visitor) -> None:
    """A note changes a number, a withdrawal takes promise and remark away, both at once."""
    item = PledgeItem.objects.get(text="放学后看护满 30 天。")
    song = acting_as(scene.cast.song)
    progress.note(song, item, noted_on=NOW, value=Decimal(30))
    visitor.open(reverse("portal:wall", args=[scene.campaign.uid]))
    assert visitor.figures()["已到目标"] == 2
    writing.remove_item(acting_as(scene.cast.shen, Role.SECRETARY), item, "学校统一安排了。")
    visitor.open(reverse("portal:wall", args=[scene.campaign.uid]))
    assert visitor.figures()["条承诺"] == 4 and visitor.figures()["条意见已答复"] == 0
    for words in ("看护", "写作业"):
        visitor.search(words)
        assert visitor.sees("没有找到")
    visitor.open(reverse("portal:data", args=[scene.campaign.uid]) + "pledges.csv")
    assert not re.search("看护", visitor.raw.decode())
