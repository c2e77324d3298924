"""Who sees and makes the summary of 育新小学党支部, as a table; and what stays covered in rows."""

import pytest

from zhengyou.campaigns.actions import tasks
from zhengyou.kernel import clock
from zhengyou.papers import figures, rules
from zhengyou.papers.afterwards import UNDER_WAY
from zhengyou.papers.models import Paper
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role

TABLE = [  # who, post, sees, makes
    ("shen", Role.SECRETARY, True, True),
    ("zhou", Role.DEPUTY_SECRETARY, True, True),
    ("su", Role.COMMITTEE_MEMBER, True, False),
    ("tian", Role.RECORDER, True, True),
    ("song", Role.GROUP_LEADER, False, False),
    ("song", None, False, False),
    ("qin", Role.SECRETARY, True, True),
    ("gu", Role.CAMPAIGN_OFFICE, True, True),
    ("yin", Role.INSPECTOR, True, False),
    ("zhuo", Role.SYSTEM_ADMIN, False, False),
    ("wen", Role.SECRETARY, False, False),
    ("bai", Role.SECRETARY, False, False),
]


@pytest.mark.parametrize(("who", "role", "sees", "makes"), TABLE)
def test_who_sees_and_who_makes(scene, who, role, sees, makes):
    actor = acting_as(scene.cast.persons[who], role)
    body = scene.cast.branch
    assert bool(rules.may_see_summary(actor, body)) is sees
    assert bool(rules.may_make_summary(actor, scene.campaign, body)) is makes


def test_nobody_signed_in_sees_nothing(scene):
    assert not rules.may_see_summary(Actor(), scene.cast.branch)
    assert not rules.may_make_summary(Actor(), scene.campaign, scene.cast.branch)


def test_the_list_of_papers_follows_the_same_table(scene):
    from zhengyou.papers.actions.making import ask_for_summary

    ask_for_summary(scene.secretary, scene.campaign, scene.cast.branch)
    for who, role, sees, _ in TABLE:
        actor = acting_as(scene.cast.persons[who], role)
        assert Paper.objects.filter(rules.visible_papers(actor)).exists() is sees, (who, role)


def test_a_group_has_no_summary_of_its_own(scene):
    verdict = rules.may_make_summary(scene.secretary, scene.campaign, scene.cast.low)
    assert "不单独写总结" in verdict.reason
    assert rules.may_make_summary(scene.office, scene.campaign, scene.cast.bureau)


class TestRowsKeepToThemselves:
    def cells(self, scene, code, actor):
        records, figure = scene.records(), figures.FIGURES[code]
        things = figure.pick(records)
        items = [thing.item for thing in things if hasattr(thing, "item")]
        reader = rules.Reader.of(actor, items)
        return [figure.row(records, thing, reader).cells for thing in things]

    def test_a_draft_is_counted_and_not_shown(self, scene):
        for actor in (scene.secretary, scene.office):
            texts = [row[3] for row in self.cells(scene, "items_draft", actor)]
            assert texts == [figures.COVERED] * 3
        own = [row[3] for row in self.cells(scene, "items_draft", acting_as(scene.cast.fang))]
        assert figures.COVERED not in own

    def test_what_was_returned_is_the_own_bodys_business(self, scene):
        assert self.cells(scene, "items_returned", scene.secretary)[0][3].startswith("宋知行的")
        assert self.cells(scene, "items_returned", scene.office)[0][3] == figures.COVERED

    def test_words_about_a_task_under_way_are_for_the_body(self, scene):
        late = [row.task for row in scene.records().following.tasks if row.late(clock.today())]
        tasks.report(scene.secretary, scene.plan, late[0], words="还差两个人没测。", done_on=None)
        own = [row[3] for row in self.cells(scene, "tasks_late", scene.secretary)]
        above = [row[3] for row in self.cells(scene, "tasks_late", scene.office)]
        assert "还差两个人没测。" in own
        assert UNDER_WAY in above and "还差两个人没测。" not in above

    def test_who_has_not_pledged_is_named_within_only(self, scene):
        within = [row[0] for row in self.cells(scene, "unpledged", scene.secretary)]
        assert "苏映雪" in within
        above = [row[0] for row in self.cells(scene, "unpledged", scene.office)]
        assert above == [figures.UNNAMED] * len(within)

    def test_so_is_who_need_not(self, scene):
        assert self.cells(scene, "exempt", scene.secretary)[0][0] == "贺建国"
        assert self.cells(scene, "exempt", scene.office)[0][0] == figures.UNNAMED

    def test_a_name_hidden_on_the_wall_is_hidden_from_who_looks_from_outside(self, scene):
        scene.campaign.wall_names = "hidden"
        scene.campaign.save()
        outside = acting_as(scene.cast.wen, Role.SECRETARY)
        assert "宋知行" not in {row[0] for row in self.cells(scene, "public", outside)}
        assert "宋知行" in {row[0] for row in self.cells(scene, "public", scene.office)}
