"""What the summary says, on the page and in print, and that every number is its rows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.papers.conftest import NOW, Scene

from zhengyou import documents
from zhengyou.campaigns.models import Plan, SectionCode
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.papers import figures, lengths, summary
from zhengyou.papers.blocks import Grid
from zhengyou.papers.chapters import common, shortcomings
from zhengyou.papers.chapters import plan as plan_chapter
from zhengyou.papers.counting import Counted
from zhengyou.papers.edited import Standing, edited
from zhengyou.papers.models import Act, Edit
from zhengyou.papers.records import Promise, Records
from zhengyou.papers.wording import pack, words_of
from zhengyou.people.actions.people import enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Person, StandingKind
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, Progress


def value(scene: Scene, code: str, day: date | None = None) -> int:
    return figures.FIGURES[code].count(scene.records(day)).value


EXPECTED = {
    "members": 9,
    "full": 7,
    "probationary": 1,
    "groups": 3,
    "bodies": 0,
    "returns": 1,
    "seats": 2,
    "pledgers": 2,  # 宋知行, 魏长青; 方晓岚 has only drafted
    "exempt": 1,
    "unpledged": 5,  # 沈, 周, 苏, 田, 方
    "items": 9,
    "items_common": 3,
    "items_post": 2,
    "items_deed": 4,
    "public": 5,
    "items_submitted": 3,
    "items_returned": 1,
    "items_draft": 3,
    "reached": 1,
    "overdue": 1,
    "doing": 3,
    "noted": 1,
    "silent": 3,
    "soon": 0,
}


def test_numbers_are_those_of_the_story(scene):
    records = scene.records()
    assert {code: figures.FIGURES[code].count(records).value for code in EXPECTED} == EXPECTED


def test_every_number_in_the_text_is_the_number_of_its_rows(scene):
    records = scene.records()
    counted = summary.compose(records).figures
    assert len(counted) > 40
    for figure in counted:
        found = figures.find(figure.code)
        assert found is not None, figure.code
        assert figure.value == len(found.pick(records)), figure.code
        assert figure.label == found.label


def test_numbers_that_belong_together_add_up(scene):
    of = {code: value(scene, code) for code in EXPECTED}
    assert of["items"] == of["items_common"] + of["items_post"] + of["items_deed"]
    assert of["items"] == of["public"] + of["items_submitted"] + of["items_returned"]
    assert of["public"] == of["reached"] + of["doing"] + of["overdue"]


def test_says_what_is_not_done_and_why_without_names(scene):
    whole = summary.compose(scene.records())
    late = next(b for b in whole.blocks if isinstance(b, Grid) and b.caption == "没有做到的承诺")
    assert late.plain == (
        (
            "放学后看护满 30 天。",
            "12 天",
            "30 天",
            "2026年10月31日",
            "流感停了两周，少看护 10 天。",
        ),
    )
    text = scene.text()
    assert "应当承诺、还没有作出的有5名" in text
    assert "退回修改、还没有重新送审的承诺有1条" in text
    shortcomings = text[text.index("应当承诺") :]
    names = [person.name for person in scene.cast.persons.values()]
    assert not [name for name in names if name in shortcomings]


def test_says_how_the_plan_went_and_who_leads(scene):
    text = scene.text()
    assert "方案于2026年9月2日采用，2026年9月11日送审，2026年9月14日经上级同意" in text
    assert "其间退回修改1次" in text
    group = next(b for b in summary.compose(scene.records()).blocks if isinstance(b, Grid))
    assert group.plain[0][:4] == ("活动领导小组", "沈若兰", "周启明", "—")


@pytest.mark.pure
def test_a_draft_that_never_went_up_is_not_read_above(scene):
    """Who is above reads the summary, and by the rules of plans no draft."""
    carriers = f"{SectionCode.CARRIERS.label}："
    assert carriers in scene.text()
    never = {"submitted_at": None, "approved_at": None, "published_at": None}
    Plan.objects.filter(pk=scene.plan.pk).update(state=ClimbState.DRAFT, **never)
    assert carriers not in scene.text()


def test_lines_of_a_plan_become_one_sentence():
    text = "党组织“五个好”：\n1. 领导班子好；\n2. 党员队伍好。\n\n党员：\n1. 不收礼"
    assert plan_chapter._one_line(text) == (
        "党组织“五个好”：1. 领导班子好；2. 党员队伍好；党员：1. 不收礼。"
    )


def test_says_what_comes_next(scene):
    blocks = summary.compose(scene.records()).blocks
    tasks = next(b for b in blocks if isinstance(b, Grid) and b.caption == "接下来的任务")
    days = [task.due_on for task in scene.records().tasks if task.due_on >= NOW][:10]
    assert [row[2] for row in tasks.plain] == [f"{d.year}年{d.month}月{d.day}日" for d in days]


def test_document_reads_back_as_the_records_say(scene):
    whole = summary.compose(scene.records())
    pieces = documents.read_text(documents.to_docx(whole.document(), created=clock.now()))
    read = [piece.text for piece in pieces]
    assert read[0].replace("\n", "") == "育新小学党支部“小学创先争优活动”阶段总结"
    for block in whole.blocks:
        if isinstance(block, Grid):
            cells = [cell for row in block.plain for cell in row]
            start = next(i for i in range(len(read)) if read[i : i + len(cells)] == cells)
            assert read[start - len(block.head) : start] == list(block.head)
        else:
            assert any((getattr(block, "plain", "") or block.text) in line for line in read)
    assert read[-2:] == ["育新小学党支部", "2026年11月10日"]


class TestNothingIsInvented:
    def test_before_anything_was_done(self, bare):
        text = bare.text()
        assert "本级还没有采用活动方案。" in text
        assert "到这一天还没有人作出承诺。" in text
        assert "还没有公开的承诺，没有进展可写。" in text
        assert "应当承诺、还没有作出的有8名" in text
        figures_of = summary.compose(bare.records()).figures
        assert {figure.code for figure in figures_of} == {
            "members", "full", "probationary", "groups", "unpledged",
        }  # fmt: skip

    def test_of_a_body_that_did_not_exist_yet(self, bare):
        records = bare.records(date(2019, 1, 1))
        assert records.members == []
        assert summary.compose(records).title == "育新小学党支部“小学创先争优活动”阶段总结"

    def test_where_all_is_well_that_is_said(self, bare):
        records = bare.records()
        records.own = records.unpledged = None
        records.unpledged = []
        blocks = list(shortcomings.write(records))
        assert [block.plain for block in blocks] == [
            "到2026年11月10日，记录里没有过期的承诺，也没有缺的方案和承诺。"
        ]


class TestOfTheBodyAbove:
    def test_counts_the_bodies_below(self, scene):
        records = scene.records(body=scene.cast.bureau)
        whole = summary.compose(records)
        bodies = next(b for b in whole.blocks if isinstance(b, Grid))
        assert bodies.plain == (
            ("育新小学党支部", "已公开", "5", "1", "1"),
            ("南湖小学党支部", "还没有采用", "0", "0", "0"),
        )
        text = scene.text(body=scene.cast.bureau)
        assert "开展活动的下级组织有2个，方案已公开的1个，还没有公开的1个" in text
        assert "本级不另定方案" in text
        assert "按照" not in text.splitlines()[0]  # It runs the campaign itself.

    def test_asks_nobody_to_pledge_who_belongs_to_no_body_that_takes_part(self, scene):
        missing = scene.records(body=scene.cast.bureau).unpledged
        names = {member.person.name for member in missing}
        assert names == {"沈若兰", "周启明", "苏映雪", "田雨禾", "方晓岚", "闻立诚", "许青禾"}

    def test_names_bodies_not_persons(self, scene):
        whole = summary.compose(scene.records(body=scene.cast.bureau))
        done = next(
            b for b in whole.blocks if isinstance(b, Grid) and b.caption == "已到目标的承诺"
        )
        assert [row[0] for row in done.plain] == ["育新小学党支部"]


def _crowd(scene: Scene, size: int) -> None:
    """Give ``size`` more members a public promise that is past its day."""
    for number in range(size):
        person = Person(name=f"新员{number:03}")
        with clock.at(date(2026, 9, 15)):
            enrol(None, person, scene.cast.branch, standing=StandingKind.FULL)
            scene.cast.persons[f"new{number}"] = person
            pledge = scene.draft(f"new{number}", "common post")
            late = {"due_on": date(2026, 10, 15), "text": f"第 {number} 件事。"}
            scene.add(acting_as(person), pledge, "deed", **late)
            scene.submit(f"new{number}")
        with clock.at(date(2026, 9, 17)):
            scene.review(f"new{number}")


def test_many_late_promises_are_counted_by_body(scene, monkeypatch):
    monkeypatch.setattr(common, "MOST", 3)
    _crowd(scene, 3)
    records = scene.records(body=scene.cast.bureau)
    blocks = summary.compose(records).blocks
    late = next(b for b in blocks if isinstance(b, Grid) and b.caption.startswith("没有做到"))
    assert late.caption == "没有做到的承诺（按组织）"
    assert late.plain == (("育新小学党支部", "4"),)
    link = late.rows[0][1]
    assert len(figures.find(link.code).pick(records)) == 4


def _grow(records: Records, persons: int) -> None:
    """Give ``records`` an ordinary branch's promises, three a person: kept, late and under way."""
    points, text = (
        records.points,
        "每月走访两户进城务工人员家庭，帮着解决放学后没人看管的事，不少于 8 户。",
    )
    for number in range(persons):
        made = date(2026, 9, 1) + timedelta(days=persons - number)
        pledge = Pledge(organisation=records.body, made_on=made, pk=10_000 + number)
        for place, kind in enumerate(ItemKind):
            due = date(2026, 10, 31) if kind == ItemKind.POST else date(2027, 1, 31)
            item = PledgeItem(
                pledge=pledge, kind=kind, number=place + 1, text=text, baseline=0, target=8,
                unit="户", due_on=due, criterion=points[(number + place) % len(points)],
            )  # fmt: skip
            done = 8 if kind == ItemKind.DEED else 3
            words = "有一户搬了家，重新联系上才去的；另一户和邻居家长约好轮流接，下个月再去看看。"
            note = Progress(item=item, value=done, noted_on=due, words=words)
            who, day = f"党员{number}", date(2026, 10, 20)
            row = Promise(
                item, who, records.name, ClimbState.PUBLISHED, done, day, note, noted=False
            )
            records.promises.append(row)


class TestOfAnOrdinaryBranch:
    """Forty members and a hundred and twenty promises, a third of them kept and a third late."""

    @pytest.fixture
    def records(self, scene):
        records = scene.records()
        records.promises = []
        _grow(records, 40)
        return records

    def test_is_no_longer_than_special_material_may_be(self, records):
        whole = summary.compose(records)
        assert 1000 < lengths.length_of(whole).count < min(documents.LENGTH_LIMITS.values())
        assert documents.length_warning(whole.document()) is None

    @pytest.mark.parametrize("code", ["reached", "overdue"])
    def test_sums_up_by_criterion_and_every_promise_stands_behind_a_number(self, records, code):
        blocks = {block.key.split(".")[1]: block for block in summary.compose(records).blocks[1:]
                  if "." in block.key}  # fmt: skip
        parts = [piece for piece in blocks[f"{code}_summed"].pieces if isinstance(piece, Counted)]
        assert len(parts) == len(records.points)
        behind = [row for part in parts for row in figures.find(part.code).pick(records)]
        whole = figures.FIGURES[code].pick(records)
        assert len(whole) == 40
        assert sorted(map(id, behind)) == sorted(map(id, whole))
        assert f"各列最先作出的{common.EACH}条" in blocks[f"{code}_summed"].plain

    def test_names_as_examples_those_that_were_made_first(self, records):
        blocks = {block.key: block for block in summary.compose(records).blocks}
        listed = blocks["progress.reached_list"]
        assert [row[0] for row in listed.plain] == ["党员39", "党员38"]  # All are of one kind.
        kinds = [row.item.kind for row in common.first_of_each_kind(records.promises)]
        assert kinds == [kind for kind in ItemKind for _ in range(common.EACH)]

    def test_an_edit_of_the_long_list_stays_and_what_is_new_is_shown_beside_it(self, records):
        """Somebody wrote over the list while it was short: its key and its columns are the same."""
        short = records.promises
        records.promises = short[: 3 * common.FEW]
        was = next(b for b in summary.compose(records).blocks if b.key == "progress.reached_list")
        text = words_of(was).text.replace("党员1", "一位老师", 1)
        records.promises = short
        edit = Edit(part=was.key, number=1, act=Act.WRITE, text=text, was=pack(words_of(was)))
        whole = edited(summary.compose(records), [edit])
        view = whole.find(was.key)
        assert view.standing == Standing.OVERTAKEN
        assert "一位老师" in view.parts[0].plain[1][0]
        assert len(view.parts[0].head) == len(view.derived.head)
        assert "一位老师" in view.merged.text


@pytest.mark.pure
@pytest.mark.parametrize("size", [10, 10_000])
def test_long_sections_of_the_plan_give_their_first_points(size):
    text = "；".join(f"{number}. 按时备好每一节课" for number in range(size))
    short = plan_chapter._short(text)
    if size == 10:
        assert short == text
    else:
        assert text.startswith(short.split("……")[0])
        assert short.endswith("课……（全文见方案）。")
        assert len(short) < plan_chapter.LONG + 12


@pytest.mark.parametrize("past", [False, True])
def test_queries_do_not_grow_with_the_rows(scene, past):
    day = date(2026, 11, 9) if past else NOW

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            summary.compose(scene.records(day))
        return len(seen)

    scene.records(day)
    before = queries()
    _crowd(scene, 10)
    assert queries() == before
    assert before <= 38


def test_warns_when_it_is_too_long(scene):
    short = summary.compose(scene.records()).document()
    assert documents.length_warning(short) is None
    late = scene.items("song")[2]
    late.text = "长" * 5000
    late.save()
    long = documents.length_warning(summary.compose(scene.records()).document())
    assert long is not None
    assert "不宜超过 5,000 字" in long
