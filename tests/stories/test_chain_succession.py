"""A branch has become two: who answers now for what was promised and said in the old one.

On 1 October 育新小学党支部 is split into 第一 (沈若兰, 宋知行) and 第二 (周启明, 魏长青). What was
promised stays with the old branch; members' promises are looked after where the member is today,
what was the branch's own by both new ones. Later 第二 is merged into 第一, which then answers
for all.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from tests.cast import Cast, client_as
from tests.papers.conftest import STORY, Scene, begin
from tests.remarks.saying import say
from tests.stage import shared
from tests.stories.test_chain_reorganised import BEFORE, SPLIT, Play

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import merging, transfers
from zhengyou.people.actions.people import end_post
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Post, Role
from zhengyou.pledges import rules as pledge_rules
from zhengyou.pledges.actions import fulfilment, progress, reviewing, supervision
from zhengyou.pledges.models import Outcome, Pledge, Step
from zhengyou.pledges.queries import desk as pledges_desk
from zhengyou.remarks import rules as remark_rules
from zhengyou.remarks.actions import answering
from zhengyou.remarks.models import Remark
from zhengyou.remarks.queries import desk as remarks_desk
from zhengyou.remarks.queries.queue import queue

pytestmark = pytest.mark.django_db
NOW = date(2026, 10, 5)
S, D, OFFICE, INSPECTOR = (
    Role.SECRETARY,
    Role.DEPUTY_SECRETARY,
    Role.CAMPAIGN_OFFICE,
    Role.INSPECTOR,
)


@dataclass
class Split:
    """The story, and what was said in public."""

    play: Play
    remarks: dict[str, Remark]

    @property
    def scene(self) -> Scene:
        return self.play.scene

    def actor(self, who: str, hat: Role | None) -> Actor:
        return acting_as(self.play.cast.persons[who], hat)

    def pledge(self, who: str) -> Pledge:
        return Pledge.objects.get(pk=self.scene.pledges[who].pk)


@shared(on="cast")
def parted(cast: Cast) -> Split:
    """Until the branch has been split; three remarks came in before: on the plan, and on promises
    of 宋知行 and of the branch."""
    with clock.at(date(2026, 9, 1)):
        play = Play(begin(cast))
    for day, act in (step for step in STORY if step[0] < SPLIT):
        with clock.at(day):
            act(play.scene)
    with clock.at(BEFORE):
        about = {
            "plan": play.scene.plan,
            "song": play.scene.items("song")[1],
            "branch": play.scene.items("branch")[0],
        }
        said = {name: say(thing) for name, thing in about.items()}
    with clock.at(SPLIT):
        play.split()
    return Split(play, said)


@pytest.fixture
def split(parted: Split) -> Iterator[Split]:
    """It is 5 October."""
    with clock.at(NOW):
        yield parted


# who, hat → reviews and supervises of: 宋知行, 魏长青; notes for the branch that is no more;
# lets through and answers what was said of: the plan, 宋知行, the branch's own promise
TABLE = [
    ("shen", S, "song", "branch", "plan song branch"),
    ("zhou", S, "wei", "branch", "plan branch"),
    ("shen", None, "", "", ""),
    ("song", None, "", "", ""),
    ("su", None, "", "", ""),
    ("gu", OFFICE, "song wei", "", "plan song branch"),
    ("qin", S, "song wei", "", "plan song branch"),
    ("yin", INSPECTOR, "", "", ""),
    ("wen", S, "", "", ""),
    ("bai", S, "", "", ""),
]


@pytest.mark.parametrize(("who", "hat", "looks_after", "speaks", "answers"), TABLE)
def test_who_acts_for_what_was_left(split, who, hat, looks_after, speaks, answers) -> None:
    actor = split.actor(who, hat)
    pledges = {name: split.pledge(name) for name in ("song", "wei")}
    own = split.pledge("branch").items.first()

    def allowed(rule: Callable[[Actor, Pledge], object]) -> set[str]:
        return {name for name, pledge in pledges.items() if rule(actor, pledge)}

    asked = set(looks_after.split())
    assert allowed(pledge_rules.may_review) == allowed(pledge_rules.may_supervise) == asked
    listed = Pledge.objects.filter(pledge_rules.reviewable_pledges(actor))
    assert {name for name, pledge in pledges.items() if pledge in listed} == asked
    assert bool(pledge_rules.may_note(actor, own)) == bool(speaks)
    seen = Remark.objects.filter(remark_rules.visible_remarks(actor))
    found = {name for name, row in split.remarks.items() if remark_rules.may_show(actor, row)}
    assert found == set(answers.split())
    assert {name for name, row in split.remarks.items() if row in seen} == found


def test_the_desk_asks_the_new_body_and_not_the_one_above(split) -> None:
    """It was the level above that had to review; now the nearer one is asked."""
    waits = {
        who: {pledge.person.name for pledge in pledges_desk.waiting_pledges(split.actor(who, hat))}
        for who, hat in (("shen", S), ("zhou", S), ("gu", OFFICE))
    }
    assert waits == {"shen": set(), "zhou": {"魏长青"}, "gu": set()}
    errand = remarks_desk.waiting_for(split.actor("zhou", S))[0]
    assert errand.title == "2 条群众意见等着公开"
    assert remarks_desk.waiting_for(split.actor("shen", S))[0].title.startswith("3 条")
    assert not remarks_desk.todo_for(split.actor("gu", OFFICE)), "nothing lies below: it is kept"


def test_where_the_one_in_post_is_concerned_the_deputy_or_the_level_above_is_asked(split) -> None:
    post = Post.objects.on(NOW).get(person=split.play.cast.zhou, organisation=split.play.second)
    end_post(split.actor("gu", OFFICE), post)
    wei = split.pledge("wei")
    assert pledge_rules.may_review(split.actor("gu", OFFICE), wei)
    assert wei in pledges_desk.waiting_pledges(split.actor("gu", OFFICE))
    assert not pledge_rules.may_review(split.actor("shen", S), wei), "he is in the other branch"


@pytest.mark.parametrize("role", [D, OFFICE])
def test_in_a_new_body_without_a_secretary_its_deputy_or_office_stands_in(split, role) -> None:
    """周启明's post is empty: 田雨禾, deputy or campaign office of the second branch, acts for what
    its people promised in the old one, and for nobody else's; the desk asks her, not the bureau."""
    office, cast = split.actor("gu", OFFICE), split.play.cast
    appoint(office, cast.tian, split.play.second, role)
    tian, wei = split.actor("tian", role), split.pledge("wei")
    pledged = Pledge.objects.filter(pledge_rules.reviewable_pledges(tian))
    assert not pledge_rules.may_review(tian, wei), "the secretary does"
    assert wei not in pledged
    end_post(office, Post.objects.on(NOW).get(person=cast.zhou, organisation=split.play.second))
    assert pledge_rules.may_review(tian, wei)
    assert pledge_rules.may_supervise(tian, wei)
    assert wei in pledged.all()
    assert not pledge_rules.may_review(tian, split.pledge("song")), "he is in the other branch"
    assert wei in pledges_desk.waiting_pledges(tian)
    assert wei not in pledges_desk.waiting_pledges(office), "nearer than the bureau"
    with pytest.raises(Refused, match="自己"):
        pledge_rules.may_review(split.actor("wei", None), wei).require()


def test_it_is_reviewed_noted_supervised_and_confirmed_there(split) -> None:
    zhou, shen = split.actor("zhou", S), split.actor("shen", S)
    wei = split.pledge("wei")
    waiting = wei.items.filter(state="submitted")
    reviewing.send_results(
        zhou, wei, {item.uid: reviewing.Ticks(True, True, True) for item in waiting}
    )
    assert {item.state for item in wei.items.all()} == {"published"}
    page = client_as(split.play.cast.zhou, S).get(f"/pledges/{wei.uid}/supervision/")
    assert page.status_code == 200
    song = split.pledge("song")
    supervision.take_step(
        shen, song, step=Step.FIND, words="来的孩子少了。", next_on=date(2026, 10, 6)
    )
    assert any("宋知行" in row.title for row in pledges_desk.todo_for(shen))

    own = split.pledge("branch").items.order_by("number").first()
    assert any("育新小学党支部" in row.title for row in pledges_desk.todo_for(shen))
    note = progress.note(shen, own, noted_on=NOW, value=None, words="两个支部接着做。")
    assert not note.entered_for

    done = song.items.get(number=3)
    with clock.at(done.due_on):
        said = fulfilment.assess(split.actor("song", None), done, outcome=Outcome.FULFILLED)
        assert pledge_rules.may_confirm(shen, said)
        assert not pledge_rules.may_confirm(zhou, said)


def test_the_one_list_shows_what_came_from_the_old_branch_and_it_is_answered(split) -> None:
    zhou = split.actor("zhou", S)
    listed = queue(zhou, split.play.second, "waiting", None)
    assert {line.remark.pk for line in listed.lines} == {
        split.remarks["plan"].pk, split.remarks["branch"].pk
    }  # fmt: skip
    assert all(line.may for line in listed.lines)
    address = f"/remarks/of/{split.play.second.uid}/"
    client = client_as(split.play.cast.zhou, S)
    pressed = client.post(address, {"do": "show", "pick": [str(split.remarks["plan"].pk)]})
    assert pressed.status_code == 302
    shown = Remark.objects.get(pk=split.remarks["plan"].pk)
    answering.answer(split.actor("shen", S), shown, "两个支部商量后定。")
    assert remark_rules.may_show(zhou, shown).reason == "这条意见已经公开了。"


def test_a_member_who_is_handed_on_is_looked_after_there(split) -> None:
    """宋知行 goes next door: what he promised in the branch that is no more goes with him."""
    row = transfers.propose(
        split.actor("shen", S), split.play.first, split.play.cast.nanhu, [split.play.cast.song]
    )
    transfers.accept(split.actor("wen", S), row)
    song = split.pledge("song")
    assert pledge_rules.may_supervise(split.actor("wen", S), song)
    assert not pledge_rules.may_supervise(split.actor("shen", S), song)


def test_merged_once_more_the_last_one_answers_for_all(split) -> None:
    with clock.at(date(2026, 10, 20)):
        merging.merge(split.actor("gu", OFFICE), [split.play.second], into=split.play.first)
        shen = split.actor("shen", S)
        assert pledge_rules.may_review(shen, split.pledge("wei"))
        assert all(remark_rules.may_show(shen, row) for row in split.remarks.values())
        merging.merge(split.actor("gu", OFFICE), [split.play.first], into=split.play.cast.nanhu)
        wen = split.actor("wen", S)
        assert pledge_rules.may_note(wen, split.pledge("branch").items.first()), "two steps on"
        assert all(remark_rules.may_show(wen, row) for row in split.remarks.values())
