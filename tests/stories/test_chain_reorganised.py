"""A branch is split in the middle of a campaign, then somebody is transferred, then two branches
are merged: every number of every body is right on every day, before and after.

On 30 September 育新小学党支部 has nine on its roll; seven are asked, three of them have begun a
pledge, one more need not. On 1 October it becomes two branches, on 12 October 宋知行 goes to
南湖小学党支部, on 20 October the second branch is merged into the first. What was promised stays
with the branch that is no more, and counts above it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.urls import reverse
from tests.cast import Cast, client_as
from tests.papers.conftest import STORY, Scene, begin
from tests.stage import shared

from zhengyou.campaigns.queries.coverage import NONE, all_rows, coverage
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.papers.records import Records
from zhengyou.people.actions import merging, transfers, tree
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actor import acting_as
from zhengyou.people.consequences import of_ending, of_leaving
from zhengyou.people.models import Organisation, Role
from zhengyou.people.queries.roll import roll_on
from zhengyou.pledges.actions import reviewing, writing
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.queries.body import body_page, counts
from zhengyou.pledges.queries.tally import tally

SPLIT, MOVED, MERGED = date(2026, 10, 1), date(2026, 10, 12), date(2026, 10, 20)
BEFORE, PARTED, GONE, NOW = (date(2026, *day) for day in ((9, 30), (10, 5), (10, 15), (10, 25)))
YES = Ticks(True, True, True)


@dataclass
class Play:
    """The campaign with what was seen on each day, and the two new branches."""

    scene: Scene
    first: Organisation = field(init=False)
    second: Organisation = field(init=False)
    album: dict[date, dict[str, tuple[int, ...]]] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        return self.scene.cast

    def bodies(self) -> dict[str, Organisation]:
        """The bodies there are by now, read anew."""
        known = {"branch": self.cast.branch, "nanhu": self.cast.nanhu, "bureau": self.cast.bureau}
        if hasattr(self, "first"):
            known |= {"first": self.first, "second": self.second}
        return {name: Organisation.objects.get(pk=body.pk) for name, body in known.items()}

    def numbers(self, day: date) -> dict[str, tuple[int, ...]]:
        """Of each body on a day: roll, asked, pledged, exempt, items, public, without a pledge."""
        found = {}
        for name, body in self.bodies().items():
            told = counts(self.scene.campaign, body, day)
            records = Records.load(self.scene.campaign, body, day)
            assert len(records.promises) == told.items  # the summary says the same
            assert sum(promise.public for promise in records.promises) == told.public
            page = body_page(self.scene.campaign, body, day)
            assert (page.asked, page.made) == (told.asked, told.pledged)  # so does the list
            found[name] = (
                len(roll_on(day, body)), told.asked, told.pledged, told.exempt, told.items,
                told.public, len(records.unpledged),
            )  # fmt: skip
        return found

    def split(self) -> None:
        """One branch becomes two; secretaries are appointed anew."""
        cast, office = self.cast, self.scene.office
        into = {"育新第一党支部": "shen su song fang jiang", "育新第二党支部": "zhou tian wei he"}
        names = list(into)
        self.first, self.second = tree.split(
            office,
            [cast.branch],
            {name: [cast.persons[one] for one in who.split()] for name, who in into.items()},
            below={
                names[0]: [cast.low, cast.school, *_working_groups(cast.branch)],
                names[1]: [cast.high, cast.logistics],
            },
        )
        appoint(office, cast.shen, self.first, Role.SECRETARY)
        appoint(office, cast.zhou, self.second, Role.SECRETARY)

    def mend(self) -> None:
        """What was returned is mended, what waited is reviewed: by the body above now."""
        song, wei = self.scene.pledges["song"], self.scene.pledges["wei"]
        for pledge in (song, wei):
            pledge.refresh_from_db()
        member = acting_as(self.cast.song)
        back = song.items.get(state=ClimbState.RETURNED)
        content = {name: getattr(back, name) for name in writing.Content.__annotations__}
        content["text"] = "每周三、周五放学后给算得慢的 3 个孩子讲题。"
        writing.edit_item(member, back, **content)
        writing.submit(member, song)
        for pledge in (song, wei):
            waiting = pledge.items.filter(state=ClimbState.SUBMITTED)
            answers = {item.uid: YES for item in waiting}
            reviewing.send_results(self.scene.office, pledge, answers)

    def transfer(self) -> None:
        """宋知行 is handed over and taken in."""
        shen, wen = (acting_as(who, Role.SECRETARY) for who in (self.cast.shen, self.cast.wen))
        row = transfers.propose(shen, self.first, self.cast.nanhu, [self.cast.song])
        transfers.accept(wen, row)

    def merge(self) -> None:
        """The second branch is merged into the first."""
        merging.merge(self.scene.office, [self.second], into=self.first)


def _working_groups(branch: Organisation) -> list[Organisation]:
    return list(branch.children.filter(family="working", closed_on=None))


@shared(on="cast")
def reorganised(cast: Cast) -> Play:
    """The whole story; what was to be seen on each day is kept."""
    with clock.at(date(2026, 9, 1)):
        play = Play(begin(cast))
    for day, act in (step for step in STORY if step[0] < SPLIT):
        with clock.at(day):
            act(play.scene)
    for day, act in (
        (BEFORE, None), (SPLIT, play.split), (date(2026, 10, 3), play.mend), (PARTED, None),
        (MOVED, play.transfer), (date(2026, 10, 13), lambda: play.scene.note("song", 2, 4)),
        (GONE, None), (MERGED, play.merge), (NOW, None),
    ):  # fmt: skip
        with clock.at(day):
            if act is None:
                play.album[day] = play.numbers(day)
            else:
                act()
    return play


@pytest.fixture
def play(reorganised: Play) -> Iterator[Play]:
    """The story is over, it is 25 October."""
    with clock.at(NOW):
        yield reorganised


NUMBERS = {  # roll, asked, pledged, exempt, items, public, without a pledge
    BEFORE: {
        "branch": (9, 7, 3, 1, 12, 5, 5),
        "nanhu": (2, 2, 0, 0, 0, 0, 2),
        "bureau": (15, 4, 0, 0, 12, 5, 7),
    },
    PARTED: {
        "branch": (0, 0, 0, 0, 0, 0, 0),
        "first": (5, 4, 2, 0, 0, 0, 3),
        "second": (4, 3, 1, 1, 0, 0, 2),
        "nanhu": (2, 2, 0, 0, 0, 0, 2),
        "bureau": (15, 4, 0, 0, 12, 9, 7),
    },
    GONE: {
        "branch": (0, 0, 0, 0, 0, 0, 0),
        "first": (4, 3, 1, 0, 0, 0, 3),
        "second": (4, 3, 1, 1, 0, 0, 2),
        "nanhu": (3, 3, 1, 0, 0, 0, 2),
        "bureau": (15, 4, 0, 0, 12, 9, 7),
    },
    NOW: {
        "branch": (0, 0, 0, 0, 0, 0, 0),
        "first": (8, 6, 2, 1, 0, 0, 5),
        "second": (0, 0, 0, 0, 0, 0, 0),
        "nanhu": (3, 3, 1, 0, 0, 0, 2),
        "bureau": (15, 4, 0, 0, 12, 9, 7),
    },
}


@pytest.mark.django_db
@pytest.mark.parametrize("day", NUMBERS)
def test_every_number_is_right_on_the_day_itself(play, day):
    assert play.album[day] == NUMBERS[day]


@pytest.mark.django_db
@pytest.mark.parametrize("day", NUMBERS)
def test_and_is_the_same_when_it_is_asked_for_afterwards(play, day):
    asked = play.numbers(day)
    assert {name: asked[name] for name in NUMBERS[day]} == NUMBERS[day]


@pytest.mark.django_db
def test_the_wall_shows_what_was_promised_under_the_body_that_is_no_more(play):
    bodies = play.bodies()
    walls = {name: tally(play.scene.campaign, body).total for name, body in bodies.items()}
    assert walls == {"bureau": 9, "branch": 9, "first": 0, "second": 0, "nanhu": 0}
    assert tally(play.scene.campaign).total == 9
    assert tally(play.scene.campaign).persons == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "published", "none"), [(BEFORE, 1, 1), (PARTED, 0, 3), (GONE, 0, 3), (NOW, 0, 2)]
)
def test_plans_are_counted_of_the_bodies_of_the_day(play, day, published, none):
    """The plan of the old branch ended with it: the new ones have not adopted."""
    top = play.cast.bureau.path
    found = coverage(play.scene.campaign, top, day=day)
    assert (found.counts[ClimbState.PUBLISHED], found.counts[NONE]) == (published, none)
    names = {row.name for row in found.rows}
    assert ("育新小学党支部" in names) == (day == BEFORE)
    assert ("育新第二党支部" in names) == (day in (PARTED, GONE))


@pytest.mark.django_db
def test_the_pages_say_so_and_can_be_asked_for_a_past_day(play):
    office, run = client_as(play.cast.gu, Role.CAMPAIGN_OFFICE), play.scene.campaign
    bodies = play.bodies()

    def page(address, day=NOW):
        return office.get(address, {"on": day.isoformat()}).content.decode()

    branch, first = (f"/orgs/{bodies[name].uid}/" for name in ("branch", "first"))
    assert "后勤党小组没有负责人" in page(branch, BEFORE)
    assert "分为" in page(branch)
    assert "花名册，9 人" in page(f"{branch}roll/", BEFORE)
    assert "export.xlsx" not in page(f"{branch}roll/", BEFORE)  # it would say today's
    assert "export.xlsx" in page(f"{first}roll/")
    assert "花名册，8 人" in page(f"{first}roll/")
    assert "花名册，4 人" in page(f"{first}roll/", GONE)
    lists = {
        name: reverse("pledges:body", args=[body.uid, run.uid]) for name, body in bodies.items()
    }
    assert "7 人里 3 人写了承诺" in page(lists["branch"], BEFORE)
    assert "6 人里 2 人写了承诺" in page(lists["first"])
    assert "3 人里 1 人写了承诺" in page(lists["first"], GONE)
    assert "在育新小学党支部写的，" in page(lists["nanhu"])
    assert "2 个组织，1 个还没有采用" in page(f"/campaigns/{run.uid}/", BEFORE)
    assert "2 个组织，2 个还没有采用" in page(f"/campaigns/{run.uid}/")
    top = play.cast.bureau.path
    assert [row.label for row in all_rows(run, top, day=BEFORE)] == ["已公开", "还没有采用"]


@pytest.mark.django_db
def test_before_it_is_done_it_is_said_what_stays(play):
    """A pledge and a plan stay with their body; a campaign cannot go on without its own."""
    bodies = play.bodies()
    with clock.at(BEFORE):
        assert of_leaving(bodies["branch"], [play.cast.song]) == [
            f"“{play.scene.campaign.title}”的承诺 1 份留在育新小学党支部，"
            "本人接着写进展，到了新组织不用再写。"
        ]
    told = " ".join(of_ending([bodies["branch"]]))
    assert "的承诺 4 份留在老组织名下" in told
    assert "育新小学党支部的方案（已公开）留在老组织名下" in told
    with pytest.raises(Refused, match="还在进行，请先结束这个活动"):
        merging.merge(
            acting_as(play.cast.zhuo, Role.SYSTEM_ADMIN), [bodies["bureau"]], into=play.cast.town
        )
