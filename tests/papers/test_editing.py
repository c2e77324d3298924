"""A summary written over: nothing that somebody wrote is ever lost, whatever the records do."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import client_as
from tests.papers.conftest import NOW

from zhengyou import documents
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.papers.actions.editing import Desk
from zhengyou.papers.blocks import Grid, Linked
from zhengyou.papers.edited import Edited, Standing
from zhengyou.papers.lengths import length_of
from zhengyou.papers.models import Act, Draft, Edit, Paper
from zhengyou.papers.queries import summary_of, versions_of
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role

PROMISED = "pledges.promised"


class Room:
    """The summary of the branch as somebody works on it."""

    def __init__(self, scene, actor: Actor | None = None) -> None:
        self.scene = scene
        self.desk = Desk(actor or scene.secretary, scene.campaign, scene.cast.branch)

    @property
    def whole(self) -> Edited:
        return summary_of(self.scene.campaign, self.scene.cast.branch, clock.today())

    def part(self, key: str = PROMISED):
        part = self.whole.find(key)
        assert part is not None, key
        return part

    def write(self, text: str, key: str = PROMISED) -> bool:
        part = self.part(key)
        return self.desk.write(part, text, part.seen)

    def do(self, verb: str, key: str = PROMISED) -> None:
        part = self.part(key)
        getattr(self.desk, verb)(part, part.seen)

    def printed(self) -> list[str]:
        content = documents.to_docx(self.whole.summary.document(), created=clock.now())
        return [piece.text for piece in documents.read_text(content)]


@pytest.fixture
def room(scene) -> Room:
    return Room(scene)


def review_wei(scene) -> None:
    """Change the records: three promises that waited are public now."""
    scene.review("wei")


def test_keys_are_each_one_parts_and_none_is_nameless(scene):
    for body in (scene.cast.branch, scene.cast.bureau):
        for day in (date(2026, 9, 1), date(2026, 9, 10), NOW):
            keys = [view.key for view in summary_of(scene.campaign, body, day).views]
            assert len(keys) == len(set(keys))
            assert all(all(key.split(".")) for key in keys)


def test_untouched_parts_follow_the_records_and_mine_stay_mine(room):
    mine = room.part().text.replace("有2名党员作出承诺", "到今天有2名党员带头作出承诺")
    assert room.write(mine)
    before = room.part("progress.progress").text
    review_wei(room.scene)
    assert room.part().standing == Standing.OVERTAKEN
    assert room.part().text == mine
    after = room.part("progress.progress").text
    assert "已公开的5条" in before
    assert "已公开的8条" in after
    assert mine in room.printed()
    assert after in room.printed()


def test_what_changed_underneath_is_shown_word_by_word(room):
    room.write("承诺的事先写到这里。")
    review_wei(room.scene)
    part = room.part()
    changes = [(change.gone, change.new) for change in part.underneath if not change.same]
    assert ("5", "8") in changes
    assert ("3", "0") in changes
    assert "已公开5条" in part.was.text
    assert "已公开8条" in part.now.text


class TestThreeAnswers:
    @pytest.fixture
    def mine(self, room) -> str:
        mine = room.part().text.replace("有2名", "到今天有2名")
        room.write(mine)
        review_wei(room.scene)
        return mine

    def test_keep_mine(self, room, mine):
        room.do("keep")
        assert room.part().standing == Standing.EDITED
        assert room.part().text == mine

    def test_take_the_new_text(self, room, mine):
        room.do("take_back")
        assert room.part().standing == Standing.RECORDED
        assert "已公开8条" in room.part().text
        assert mine in [version.edit.text for version in _versions(room)]

    def test_merge(self, room, mine):
        merged = room.part().merged
        assert merged.text == room.part().now.text.replace("有2名", "到今天有2名")
        assert merged.lost == ()
        room.write(merged.text)
        assert room.part().standing == Standing.EDITED


def test_numbers_left_alone_keep_their_links(room):
    room.write(room.part().text.replace("已公开5条", "都上了墙的有五条") + "请各位监督。")
    pieces = [piece for part in room.part().parts for piece in part.pieces]
    codes = {piece.code: piece.words for piece in pieces if isinstance(piece, Linked)}
    assert codes["items"] == "9条"
    assert codes["pledgers"] == "2名"
    assert "public" not in codes
    assert "".join(getattr(piece, "words", piece) for piece in pieces) == room.part().text


class TestTables:
    KEY = "pledges.by_criterion"

    def test_a_row_reworded_and_one_taken_out(self, room):
        rows = room.part(self.KEY).text.split("\n")
        room.write("\n".join(["五个好｜班子（重点）｜0|0｜0 ｜ 0", *rows[2:]]), self.KEY)
        (grid,) = room.part(self.KEY).parts
        assert isinstance(grid, Grid)
        assert grid.plain[0] == ("五个好", "班子（重点）", "0", "0", "0", "0")
        assert len(grid.rows) == len(rows) - 1
        assert sum(isinstance(cell, Linked) for cell in grid.rows[-1]) == 4

    def test_as_many_cells_as_the_head(self, room):
        with pytest.raises(Refused, match="第 2 行有 3 格，应当是 6 格"):
            room.write("一｜二｜1｜1｜1｜3\n\n一｜二｜三", self.KEY)

    def test_a_mark_typed_into_a_cell_does_not_break_the_rows(self, scene):
        item = scene.items("song")[2]
        item.text = "看护｜满 30 天|每天\n都在。"
        item.save()
        text = Room(scene).part("shortcomings.overdue_list").text
        assert text.startswith("看护／满 30 天／每天；都在。｜12 天｜")


class TestLeftOut:
    def test_is_said_at_the_end_of_the_paper(self, room):
        room.do("leave_out", "shortcomings.unpledged")
        printed = room.printed()
        assert not any(line.startswith("应当承诺、还没有作出的有") for line in printed)
        assert "注：记录里另有“应当承诺、还没有作出的有…”，本文没有写。" in printed

    def test_a_heading_stands_for_its_chapter(self, room):
        room.do("leave_out", "shortcomings")
        printed = "\n".join(room.printed())
        assert "流感停了两周" not in printed
        assert "注：记录里另有“没有做到的和原因”，本文没有写。" in printed
        assert "四、公开承诺" in printed
        assert "六、下一步打算" in printed

    def test_a_chapter_left_out_part_by_part_has_no_heading(self, room):
        for key in [v.key for v in room.whole.views if v.key.startswith("pledges.")]:
            room.do("leave_out", key)
        assert not any(line.endswith("、公开承诺") for line in room.printed())

    def test_comes_back_in_the_own_words(self, room):
        room.write("承诺的事先写到这里。")
        room.do("leave_out")
        assert room.part().standing == Standing.LEFT
        assert "承诺的事先写到这里。" not in room.printed()
        room.do("restore")
        assert room.part().text == "承诺的事先写到这里。"
        review_wei(room.scene)
        assert room.part().standing == Standing.OVERTAKEN


class TestAdded:
    def test_stands_where_it_was_put_in_every_regeneration(self, room):
        first = room.desk.add("家长代表来听了两次课。", PROMISED)
        second = room.desk.add("他们的意见记在本子上。", first)
        keys = [view.key for view in room.whole.views]
        assert keys[keys.index(PROMISED) :][:3] == [PROMISED, first, second]
        printed = room.printed()
        assert (
            printed.index("他们的意见记在本子上。") == printed.index("家长代表来听了两次课。") + 1
        )

    def test_finds_its_chapter_when_what_it_stood_behind_is_gone(self, room):
        key = room.desk.add("魏老师的还要再看。", "shortcomings.items_submitted")
        review_wei(room.scene)
        keys = [view.key for view in room.whole.views]
        assert "shortcomings.items_submitted" not in keys
        assert keys.index("shortcomings") < keys.index(key) < keys.index("next_steps")

    def test_several_lines_are_several_paragraphs(self, room):
        room.desk.add("第一件。\r\n\r\n第二件。\x07", "opening")
        assert room.printed()[2:4] == ["第一件。", "第二件。"]

    def test_can_be_left_out_and_put_back(self, room):
        key = room.desk.add("家长代表来听了两次课。", PROMISED)
        room.do("leave_out", key)
        assert "家长代表来听了两次课。" not in "\n".join(room.printed())
        assert "注：" not in "".join(room.printed())  # The records never said it.
        room.do("restore", key)
        assert room.part(key).standing == Standing.ADDED
        with pytest.raises(Refused, match="自己加的"):
            room.do("take_back", key)


def test_words_about_what_is_on_record_no_more_stay(room):
    key = "shortcomings.items_submitted"
    room.write("魏老师的3条等书记出差回来审。", key)
    review_wei(room.scene)
    part = room.part(key)
    assert part.now is None
    assert part.standing == Standing.OVERTAKEN
    assert "魏老师的3条等书记出差回来审。" in room.printed()
    room.do("take_back", key)
    assert room.whole.find(key) is None
    assert Edit.objects.filter(part=key).count() == 2


def test_of_two_who_write_the_second_is_told_and_loses_nothing(room):
    mine, theirs = room.part(), room.part()
    room.desk.write(mine, "甲写的。", mine.seen)
    with pytest.raises(Stale, match="别人也改了这一段"):
        room.desk.write(theirs, "乙写的。", theirs.seen)
    other = room.part("pledges.exempt")
    room.desk.write(other, "另一段谁都没碰。", 0)
    assert room.part().text == "甲写的。"


def test_the_same_again_is_no_change(room):
    assert not room.write(room.part().text)
    assert room.write("改了。")
    assert not room.write("改了。\n")
    assert Edit.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [(" \n\u200b", "这一段是空的"), ("长" * 10_001, "最多 10,000 个")],
)
def test_what_cannot_be_kept_is_refused_in_words(room, text, reason):
    with pytest.raises(Refused, match=reason):
        room.write(text)
    assert not Draft.objects.exists()


def test_every_change_is_a_fact_without_the_words(room):
    room.write("沈若兰带头承诺。")
    room.do("leave_out", "pledges.exempt")
    facts = list(Fact.objects.filter(about_kind="summary_draft").order_by("seq"))
    assert [fact.verb for fact in facts] == ["summary.begin", "summary.write", "summary.leave"]
    assert facts[1].data == {"part": PROMISED, "number": 1}
    assert not any("沈若兰" in str(fact.data) for fact in facts)


def test_the_next_summary_begins_from_the_records_again(room):
    with pytest.raises(Refused, match="还没有改动"):
        room.desk.begin_next()
    room.write("第一份的话。")
    room.desk.begin_next()
    assert room.part().standing == Standing.RECORDED
    assert Edit.objects.get().text == "第一份的话。"
    room.write("第二份的话。")
    assert [row.number for row in Draft.objects.order_by("number")] == [1, 2]


@pytest.mark.parametrize(
    ("who", "role"),
    [("su", Role.COMMITTEE_MEMBER), ("song", None), ("yin", Role.INSPECTOR)],
)
def test_who_does_not_make_it_does_not_write_in_it(scene, who, role):
    room = Room(scene, acting_as(scene.cast.persons[who], role))
    with pytest.raises(Refused, match="总结由本组织的书记"):
        room.write("我来改。")


def _versions(room: Room):
    return versions_of(room.scene.campaign, room.scene.cast.branch, PROMISED)


class TestLength:
    def test_is_told_for_both_kinds_and_bars_nothing(self, room):
        assert not length_of(room.whole.summary).too_long
        room.desk.add("长" * 4000, "opening")
        length = length_of(room.whole.summary)
        passed = [(limit.kind, limit.most, limit.passed) for limit in length.limits]
        assert passed == [("专项", 4000, True), ("综合", 5000, length.count > 5000)]
        client = client_as(room.scene.cast.shen, Role.SECRETARY)
        page = client.get(_url(room)).content.decode()
        assert "专项材料不宜超过 4,000 字，已经超了。" in page
        made = client.post(_url(room, "make"), follow=True).content.decode()
        assert "已生成" in made

    def test_while_one_writes_the_rest_is_known(self, room):
        part = room.part()
        length = length_of(room.whole.summary, part.parts)
        assert length.rest + documents.count_characters(part.text) == length.count


class TestPages:
    @pytest.fixture
    def client(self, room):
        return client_as(room.scene.cast.shen, Role.SECRETARY)

    def part_url(self, room, key=PROMISED):
        return reverse("papers:part", args=[*_of(room), key])

    def test_written_shown_with_who_and_taken_back(self, room, client):
        url = self.part_url(room)
        told = client.post(url, {"text": "写在页面上的。", "seen": 0, "do": "save"}, follow=True)
        page = told.content.decode()
        assert "存下了" in page
        assert "写在页面上的。" in page
        assert "沈若兰，2026年11月10日" in page
        review_wei(room.scene)
        page = client.get(_url(room)).content.decode()
        assert "改过以后，记录变了" in page
        assert "<del>" in page
        told = client.post(url, {"text": "", "seen": 1, "do": "back"}, follow=True).content.decode()
        assert "写在页面上的。" not in told
        assert "写在页面上的。" in client.get(url).content.decode()  # among the versions
        again = client.get(url, {"version": "1"})
        assert again.context["form"].initial["text"] == "写在页面上的。"

    def test_merging_is_offered_and_says_what_collided(self, room, client):
        room.write(room.part().text.replace("已公开5条", "已公开四五条"))
        review_wei(room.scene)
        page = client.get(self.part_url(room), {"with": "merge"})
        assert "已公开四五条" in page.context["form"].initial["text"]
        assert "待审0条" in page.context["form"].initial["text"]
        assert "这几处两边都改了，先留了您的" in page.content.decode()

    def test_who_was_overtaken_keeps_what_was_typed(self, room, client):
        room.write("甲写的。")
        page = client.post(self.part_url(room), {"text": "乙写的。", "seen": 0})
        assert page.status_code == 409
        assert "乙写的。" in page.content.decode()
        assert room.part().text == "甲写的。"

    def test_wrong_words_are_told_where_they_stand(self, room, client):
        page = client.post(self.part_url(room), {"text": " ", "seen": 0})
        assert page.status_code == 422
        assert "这一段是空的" in page.content.decode()

    def test_a_paragraph_added_behind_another(self, room, client):
        url = reverse("papers:add_part", args=_of(room))
        assert client.get(url, {"after": "nothing"}).status_code == 404
        assert "接在" in client.get(url, {"after": PROMISED}).content.decode()
        client.post(url, {"text": "自己加的话。", "seen": 0, "after": PROMISED})
        assert room.part(Edit.objects.get(act=Act.ADD).part).after == PROMISED

    def test_the_word_file_says_what_the_page_says(self, room, client):
        room.write("写在页面上的。")
        client.post(_url(room, "make"))
        file = client.get(Paper.objects.get().attachment.get_absolute_url())
        content = b"".join(file) if file.streaming else file.content
        read = [piece.text for piece in documents.read_text(content)]
        assert "写在页面上的。" in read

    def test_as_many_queries_for_thirty_changes_as_for_one(self, room, client):
        room.write("一处。")
        counts = set()
        for times in (0, 29):
            for number in range(times):
                room.write(f"第 {number} 次。")
                room.desk.add(f"第 {number} 段。", "opening")
            with CaptureQueriesContext(connection) as seen:
                client.get(_url(room))
            counts.add(len(seen))
        assert len(counts) == 1


def _of(room):
    return [room.scene.campaign.uid, room.scene.cast.branch.uid]


def _url(room, name="summary"):
    return reverse(f"papers:{name}", args=_of(room))
