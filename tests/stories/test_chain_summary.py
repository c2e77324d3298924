"""The last link of the chain: a stage summary is edited, the records go on, it is made again; no
edit is lost, and the Word file says what records and edits say."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from tests.cast import client_as
from tests.papers.conftest import autumn, begun, scene

from zhengyou import documents
from zhengyou.campaigns.actions import tasks
from zhengyou.campaigns.models import Task
from zhengyou.kernel import clock
from zhengyou.ledger.verification import verify
from zhengyou.papers.figures import FIGURES
from zhengyou.papers.models import Edit, Paper
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.pledges.actions import fulfilment, progress
from zhengyou.pledges.models import Outcome
from zhengyou.remarks import targets
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.actions.writing import write as say
from zhengyou.remarks.models import HoldReason, Remark

__all__ = ["autumn", "begun", "scene"]
LATER = date(2026, 11, 24)
OWN = "家长代表十一月来听了两次课，提的三条都记在本子上。"


@pytest.fixture
def desk(scene):
    """沈若兰's browser, and the addresses of the branch's summary."""
    return client_as(scene.cast.shen, Role.SECRETARY), [scene.campaign.uid, scene.cast.branch.uid]


def write(desk, key: str, text: str, seen: int = 0) -> None:
    client, of = desk
    url = reverse("papers:part", args=[*of, key])
    told = client.post(url, {"text": text, "seen": seen, "do": "save"}, follow=True)
    assert "存下了" in told.content.decode(), key


def go_on(scene) -> None:
    """Two weeks later: reviewed, reported, said by the public, said to be kept and confirmed."""
    secretary = scene.secretary
    scene.review("wei")
    task = Task.objects.select_related("phase", "owner_group").get(
        phase__campaign=scene.campaign, code="launch"
    )
    words = "动员会开了四十分钟，老师提了六条。"
    tasks.report(secretary, scene.plan, task, words=words, done_on=date(2026, 9, 12))
    for text in ("放学后辅导能不能也管到一年级？", "一串骂人的话"):
        say(targets.resolve("plan", scene.plan.uid), text)
    good = Remark.objects.filter(text__startswith="放学后")
    moderating.show(secretary, good)
    answering.answer(secretary, good.get(), "能，十月起排了班。")
    moderating.hold(secretary, Remark.objects.filter(text__startswith="一串"), HoldReason.ABUSE)
    song, late = acting_as(scene.cast.song), scene.items("song")[2]
    progress.note(song, late, noted_on=clock.today(), value=Decimal(20), words="补了 8 天。")
    said = fulfilment.assess(song, late, outcome=Outcome.PARTLY, why="流感停了两周，补了一半。")
    fulfilment.confirm(secretary, said, outcome=Outcome.PARTLY)


def read_back(desk) -> list[str]:
    """Have the Word file made, download it and return its paragraphs and cells."""
    client, of = desk
    client.post(reverse("papers:make", args=of))
    file = client.get(Paper.objects.latest("asked_at", "id").attachment.get_absolute_url())
    content = b"".join(file) if file.streaming else file.content
    return [piece.text for piece in documents.read_text(content)]


def test_edited_regenerated_and_read_back(scene, desk):
    client, of = desk
    page = client.get(reverse("papers:summary", args=of))
    promised = page.context["whole"].find("pledges.promised").text
    mine = promised.replace("有2名党员作出承诺", "到今天有2名党员带头作出承诺")
    write(desk, "pledges.promised", mine)
    client.post(
        reverse("papers:add_part", args=of), {"text": OWN, "seen": 0, "after": "pledges.promised"}
    )
    client.post(
        reverse("papers:part", args=[*of, "pledges.exempt"]), {"text": "", "seen": 0, "do": "leave"}
    )
    before = read_back(desk)
    assert {mine, OWN} <= set(before)

    with clock.at(LATER):
        go_on(scene)
        page = client.get(reverse("papers:summary", args=of)).content.decode()
        assert "改过以后，记录变了" in page
        after = read_back(desk)
        assert {mine, OWN} <= set(after)  # the edits stand …
        records = scene.records()
        count = {code: figure.count(records).value for code, figure in FIGURES.items()}
        text = "\n".join(after)
        for words in (  # … and all else says what the records say now
            f"已公开的{count['public']}条里，已到目标{count['reached']}条",
            f"已兑现0条，部分兑现{count['kept_partly']}条",
            f"已办完{count['tasks_done']}项，过了期限还没登记办完{count['tasks_late']}项",
            f"共{count['remarks']}条，已公开{count['remarks_shown']}条，其中已答复1条，"
            f"还没有答复0条；按规定没有公开{count['remarks_held']}条",
            "注：记录里另有“按本人意愿不作承诺的1名…”，本文没有写。",
        ):
            assert words in text, words
        assert (count["public"], count["kept_partly"], count["remarks_held"]) == (8, 1, 1)
        assert "动员会开了四十分钟，老师提了六条。" in after
        assert "骂人" not in text
        numbers(desk)

        merged = client.get(
            reverse("papers:part", args=[*of, "pledges.promised"]), {"with": "merge"}
        )
        write(desk, "pledges.promised", merged.context["form"].initial["text"], seen=1)
        final = read_back(desk)
        now = promised.replace("已公开5条，待审3条", "已公开8条，待审0条")
        assert now.replace("有2名党员作出承诺", "到今天有2名党员带头作出承诺") in final
        assert mine in Edit.objects.values_list("text", flat=True)
        assert verify().fault is None


def numbers(desk) -> None:
    """Every number of what came after leads to as many rows; what was held back stays covered."""
    client, of = desk
    page = client.get(reverse("papers:summary", args=of)).content.decode()
    for code in ("tasks_done", "tasks_late", "remarks", "remarks_held", "kept_partly"):
        found = re.search(rf'href="([^"]+/rows/{code}/[^"]*)"[^>]*>([\d,]+)', page)
        assert found is not None, code
        rows = client.get(found[1].replace("&amp;", "&"))
        assert rows.context["page"].paginator.count == int(found[2]), code
        assert "骂人" not in rows.content.decode()
