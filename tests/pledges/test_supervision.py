"""The branch keeps after a promise in five steps; few see it, nobody outside."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.cast import client_as
from tests.pledges.conftest import DOING

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import ANONYMOUS
from zhengyou.people.models import Role
from zhengyou.pledges import queries, rules
from zhengyou.pledges.actions.supervision import take_step
from zhengyou.pledges.models import Step, SupervisionStep
from zhengyou.pledges.queries.supervision import steps_of

pytestmark = pytest.mark.django_db

S, D, C, R = Role.SECRETARY, Role.DEPUTY_SECRETARY, Role.COMMITTEE_MEMBER, Role.RECORDER
SECRET = "两周没补课了，器材室钥匙对不上时间。"
LOOK_AGAIN = DOING + timedelta(days=14)

# who, hat → sees the page, writes on it; the pledge of 宋知行
TABLE = [
    ("shen", S, True, True),
    ("zhou", D, True, True),
    ("song", None, True, False),
    ("su", C, False, False),
    ("tian", R, False, False),
    ("wei", None, False, False),
    ("gu", Role.CAMPAIGN_OFFICE, False, False),
    ("yin", Role.INSPECTOR, False, False),
    ("wen", S, False, False),
]


@pytest.fixture
def song(world):
    pledge = world.published("song")
    with clock.at(DOING):
        yield pledge


def test_who_sees_and_writes(world, song) -> None:
    for who, hat, sees, writes in TABLE:
        actor = world.actor(who, hat)
        assert bool(rules.may_see_supervision(actor, song)) is sees, (who, hat)
        assert bool(rules.may_supervise(actor, song)) is writes, (who, hat)
    assert not rules.may_see_supervision(ANONYMOUS, song)


def test_of_a_body_it_is_kept_from_above(world) -> None:
    branch = world.of_branch()
    assert rules.may_supervise(world.actor("gu", Role.CAMPAIGN_OFFICE), branch)
    assert rules.may_see_supervision(world.secretary, branch)
    assert not rules.may_supervise(world.secretary, branch)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"words": "  "}, "写一句"),
        ({"taken_on": DOING + timedelta(days=1)}, "还没到"),
        ({"taken_on": date(2026, 4, 1)}, "早于承诺那天"),
        ({"next_on": DOING}, "要在今天以后"),
    ],
)
def test_what_is_refused(world, song, content, why) -> None:
    with pytest.raises(Refused, match=why):
        take_step(world.secretary, song, **{"step": Step.FIND, "words": SECRET, **content})
    assert not SupervisionStep.objects.exists()


def test_five_steps_and_the_desk_until_a_later_one(world, song) -> None:
    item = song.items.get(number=2)
    take_step(world.secretary, song, step=Step.FIND, words=SECRET, item=item, next_on=LOOK_AGAIN)
    with pytest.raises(Refused, match="刚才已经记过"):
        take_step(world.secretary, song, step=Step.FIND, words=f"{SECRET} ", item=item)
    assert [len(each.taken) for each in steps_of(song)] == [1, 0, 0, 0, 0]
    deputy = world.actor("zhou", D)
    assert due(world.secretary) == []  # not within a week yet
    with clock.at(LOOK_AGAIN - timedelta(days=3)):
        assert due(world.secretary) == due(deputy) == ["再看看宋知行的第 2 条"]
        assert due(world.actor("song")) == due(world.actor("gu", Role.CAMPAIGN_OFFICE)) == []
    with clock.at(LOOK_AGAIN + timedelta(days=1)):
        take_step(
            deputy, song, step=Step.CAUSE, words="缺场地。", next_on=LOOK_AGAIN + timedelta(9)
        )
        assert len(due(world.secretary)) == 1  # of the whole pledge; that of the item stands
        take_step(deputy, song, step=Step.SETTLE, words="换到三楼，补上了。", item=item)
        assert due(world.secretary) == []
    with clock.at(LOOK_AGAIN + timedelta(days=9)):
        assert due(world.secretary) == ["再看看宋知行的承诺"]


def due(actor) -> list[str]:
    return [row.title for row in queries.todo_for(actor) if "再看看" in row.title]


def test_the_page_and_that_it_is_never_public(world, song) -> None:
    lead = client_as(world.cast.shen, S)
    address = f"/pledges/{song.uid}/supervision/"
    assert "督促" in lead.get(f"/pledges/{song.uid}/").content.decode()
    answer = lead.post(address, {"step": "find", "words": SECRET, "taken_on": "2026-10-16"})
    assert answer.status_code == 302
    assert SECRET in lead.get(address).content.decode()
    assert SECRET in client_as(world.cast.song).get(address).content.decode()
    assert lead.post(address, {"step": "find", "taken_on": "2026-10-17"}).status_code == 422

    assert client_as(world.cast.song).post(address, {"step": "find"}).status_code == 403
    above = client_as(world.cast.gu, Role.CAMPAIGN_OFFICE)
    assert above.get(address).status_code == 403
    for client in (Client(), above, client_as(world.cast.wei)):
        assert SECRET not in client.get(f"/pledges/{song.uid}/").content.decode()
