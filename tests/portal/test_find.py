"""The search: two characters are enough, what is gone is gone at once, nobody finds more than the
rules let them see."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import client_as

from zhengyou.campaigns.models import CampaignState, NameStyle
from zhengyou.people.actions import record, tree
from zhengyou.people.models import Role
from zhengyou.pledges.actions import writing
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.actions import writing as saying
from zhengyou.remarks.models import Remark
from zhengyou.remarks.targets import resolve
from zhengyou.search import index


def public(q: str) -> str:
    answer = Client().get(reverse("portal:find"), {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def inside(q: str, who, role: Role | None = None) -> str:
    answer = client_as(who, role).get(reverse("desk:find"), {"q": q})
    assert answer.status_code == 200
    return answer.content.decode()


def nothing(page: str) -> bool:
    return "没有找到" in page


@pytest.fixture(autouse=True)
def _full_names(scene):
    scene.campaign.wall_names = NameStyle.FULL
    scene.campaign.save()


class TestPublic:
    @pytest.mark.parametrize("q", ["看护", "看 护", "流感"])
    def test_promises(self, scene, q) -> None:
        found = "放学后看护满 30 天。" in public(q)
        assert found == (q != "流感"), "notes are read on the page of the promise"

    def test_plans_and_campaigns(self, scene) -> None:
        page = public("剩饭")
        assert reverse("portal:plan", args=[scene.campaign.uid, scene.plan.uid]) in page
        assert scene.campaign.title in public(scene.campaign.title[:2])

    def test_names_as_the_campaign_shows_them(self, scene) -> None:
        assert "看护" in public("宋知行 看护")
        scene.campaign.wall_names = NameStyle.SURNAME
        scene.campaign.save()
        assert nothing(public("宋知行 看护")) and nothing(public("知行 看护"))
        assert "看护" in public("看护")

    def test_new_names_at_once(self, scene) -> None:
        """Of persons, their work and their body: the verb itself tells the index and the wall."""
        wall = reverse("portal:wall", args=[scene.campaign.uid])
        assert "看护" in public("宋知行 看护") and "看护" in public("育新小学党支部 看护")
        record.amend(scene.secretary, scene.cast.persons["song"], {"name": "宋致远"})
        assert nothing(public("宋知行 看护")) and "看护" in public("宋致远 看护")
        assert "看护" in Client().get(wall, {"q": "宋致远"}).content.decode()
        record.amend(scene.secretary, scene.cast.persons["song"], {"work": "教研组长"})
        assert "看护" in public("教研组长 看护")
        tree.rename(scene.office, scene.cast.branch, "明德小学党支部")
        assert nothing(public("育新小学党支部 看护")) and "看护" in public("明德小学党支部 看护")
        plan = reverse("portal:plan", args=[scene.campaign.uid, scene.plan.uid])
        assert plan in public("明德小学党支部 剩饭")
        assert index.mend() == 0, "the daily comparison finds nothing left to do"

    @pytest.mark.parametrize("q", ["方晓岚", "魏长青", "宋知行的共性承诺"])
    def test_what_is_drafted_waits_or_was_returned_is_not_there(self, scene, q) -> None:
        assert nothing(public(q))

    def test_withdrawn_is_gone_at_once(self, scene) -> None:
        item = next(each for each in scene.items("song") if each.number == 3)
        writing.remove_item(scene.secretary, item, "换成了别的事。")
        assert nothing(public("看护"))

    def test_a_name_hidden_since_leads_to_no_remark(self, scene) -> None:
        item = next(each for each in scene.items("song") if each.number == 2)
        target = resolve("pledge_item", item.uid)
        saying.write(target, "希望周五也来。")
        remark = Remark.objects.get()
        assert "宋知行" in remark.label
        moderating.show(scene.secretary, [remark])
        scene.campaign.wall_names = NameStyle.HIDDEN
        scene.campaign.save()
        assert "希望周五也来。" in public("周五")
        assert "希望周五也来。" not in public("宋知行")

    def test_a_stale_entry_shows_nobody_anything(self, scene) -> None:
        scene.pledges["song"].items.filter(number=3).update(state="returned")
        assert nothing(public("看护"))
        scene.campaign.state = CampaignState.DRAFT
        scene.campaign.save()
        assert nothing(public("剩饭"))

    @pytest.mark.parametrize("q", ["", "  ", "!?", '"', "<script>", "x" * 200])
    def test_whatever_is_typed(self, scene, q) -> None:
        assert "<script>alert" not in public(q) and "<script><" not in public(q)

    def test_a_nul_in_the_address_is_no_question(self, scene) -> None:
        for client, page in ((Client(), "/find/"), (client_as(scene.cast.song), "/desk/find/")):
            assert client.get(f"{page}?q=a%00b").status_code == 400

    def test_the_box_of_the_frame_leads_here(self, scene) -> None:
        assert 'action="/find/"' in public("看护")
        assert 'action="/desk/find/"' in inside("看护", scene.cast.song)


class TestInside:
    def test_a_secretary_finds_people_and_what_was_sent_in(self, scene) -> None:
        page = inside("魏长青", scene.cast.shen, Role.SECRETARY)
        assert reverse("people:person", args=[scene.cast.wei.uid]) in page
        assert reverse("pledges:pledge", args=[scene.pledges["wei"].uid]) in page

    def test_a_draft_is_nobody_elses_business(self, scene) -> None:
        page = inside("方晓岚", scene.cast.shen, Role.SECRETARY)
        assert reverse("pledges:pledge", args=[scene.pledges["fang"].uid]) not in page

    @pytest.mark.parametrize("who", ["song", "wen", "bai", "jiang"])
    def test_somebody_curious(self, scene, who) -> None:
        """A colleague, the secretary next door, the one of the village, an activist."""
        role = Role.SECRETARY if who in ("wen", "bai") else None
        page = inside("魏长青", scene.cast.persons[who], role)
        assert reverse("pledges:pledge", args=[scene.pledges["wei"].uid]) not in page
        if role:
            assert nothing(page)
        assert nothing(inside("共性承诺", scene.cast.persons[who], role)) or who == "song"

    def test_ones_own_returned_promise(self, scene) -> None:
        assert "宋知行的共性承诺" in inside("共性承诺", scene.cast.song)

    def test_above_finds_what_waits_but_not_what_was_returned(self, scene) -> None:
        page = inside("共性承诺", scene.cast.gu, Role.CAMPAIGN_OFFICE)
        assert "魏长青的共性承诺" in page and "宋知行的共性承诺" not in page

    def test_bodies_and_plans(self, scene) -> None:
        page = inside("育新", scene.cast.shen, Role.SECRETARY)
        assert reverse("people:organisation", args=[scene.cast.branch.uid]) in page
        assert reverse("campaigns:plan", args=[scene.plan.uid]) in page

    def test_the_same_queries_for_one_and_for_many(self, scene) -> None:
        def queries(q: str) -> int:
            client = client_as(scene.cast.shen, Role.SECRETARY)
            with CaptureQueriesContext(connection) as seen:
                client.get(reverse("desk:find"), {"q": q})
            return len(seen)

        one = queries("魏长青")
        scene.draft("su", "common " * 20 + "post deed")
        scene.submit("su")
        index.mend()
        assert queries("讲题") == queries("魏长青") == one
