"""What people say when they are asked, told once for both kinds of visitors.

Parents sit together with a primary school: one thing is mended at once, one becomes a problem with
a plan in steps. Workers of a steel plant answer a survey and discuss whether it will survive; the
discussion ends in a shared goal. A teacher complains about three tables with the same numbers, and
the bureau above merges them. Everything but the people goes through pages; the other sheets and
contributions, which are many, go through the verbs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.cast import Cast, build
from tests.stories.chain import Calendar
from tests.stories.visitors import Visitor

from zhengyou.kernel import clock
from zhengyou.people.actions import tree
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind
from zhengyou.problems.actions import mending
from zhengyou.problems.models import Problem
from zhengyou.voices.actions import surveys, writing
from zhengyou.voices.models import Box
from zhengyou.voices.rules.surveys import Filled

Arrive = Callable[[Person | None, bool], Visitor]
CROWD, WALL = "放学时校门口太挤", "操场旁的围墙裂了缝"
BY_GROUPS = "从明天起分三批走"
GOAL = "三年内吨钢成本降到同行前三，靠自己活下来。"
TABLES = "周报、月报和台账，填的是一样的数。"


@dataclass
class Talks:
    """The story.

    Args:
        arrive: brings somebody to a screen, signed in, or nobody; to a telephone's where it says
            so.
    """

    arrive: Arrive
    calendar: Calendar
    cast: Cast = field(init=False)
    plant: Organisation = field(init=False)
    boxes: dict[str, Box] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def walk(self) -> None:
        """Tell it."""
        self.calendar.move(10, 12)
        self.begin()
        self.parents_sit_together()
        self.what_takes_time_is_planned_in_steps()
        self.parents_read_the_answers()
        self.workers_are_asked()
        self.workers_discuss()
        self.calendar.move(10, 26)
        self.results_are_told()
        self.the_discussion_ends_in_a_goal()
        self.a_teacher_complains()
        self.the_bureau_answers()
        self.calendar.move(11, 2)
        self.everybody_reads_the_numbers()

    def begin(self) -> None:
        """The cast, and a steel plant with its secretary."""
        self.cast = build()
        with clock.at(date(2026, 1, 5)):
            self.plant = tree.found(
                None, name="澜阳钢铁厂党支部", kind=Kind.BRANCH, parent=self.cast.county
            )
            person = enrol(
                None, Person(name="铁成钢"), self.plant, standing=StandingKind.FULL
            ).person
            appoint(None, person, self.plant, Role.SECRETARY)

    def at(self, title: str) -> str:
        """Return the address of a box from within."""
        return f"/boxes/{self.boxes[title].uid}/"

    def said(self, title: str) -> str:
        """Return its public address."""
        return f"/say/box/{self.boxes[title].uid}/"

    def _set_up(self, visitor: Visitor, kind: str, title: str, asked: str, who: str) -> None:
        visitor.pick("哪一种", kind)
        visitor.fill("名称", title)
        visitor.fill("问大家什么", asked)
        visitor.fill("从哪天开始收", "2026-10-12")
        visitor.pick("谁来汇总", who)

    def _keep(self, visitor: Visitor, title: str) -> None:
        visitor.press("存下")
        self.boxes[title] = Box.objects.get(title=title)

    # --- parents --------------------------------------------------------------------------------
    def parents_sit_together(self) -> None:
        """The talk is written down once; one thing is answered at once."""
        shen = self.arrive(self.cast.shen, False)
        shen.open(f"/boxes/of/{self.cast.branch.uid}/new/")
        self._set_up(shen, "座谈恳谈", "一年级家长座谈", "孩子在学校怎么样？", "苏映雪")
        self._keep(shen, "一年级家长座谈")
        shen.press("开箱")
        su = self.arrive(self.cast.su, True)
        su.open(self.at("一年级家长座谈"))
        su.click("写时间地点")
        su.fill("来的是什么人", "一年级家长")
        su.fill("哪天", "2026-10-12")
        su.fill("来了多少人", "42")
        su.fill("地点", "阶梯教室")
        su.press("存下，接着记")
        su.fill("大家说的", f"{CROWD} -> {BY_GROUPS}\n{WALL}")
        su.press("存下")
        su.sees("记了 2 条", WALL)

    def what_takes_time_is_planned_in_steps(self) -> None:
        """The wall becomes a problem; its steps have days."""
        su = self.arrive(self.cast.su, False)
        su.open(f"{self.at('一年级家长座谈')}?show=open")
        su.choose(f"选这一条：{WALL}")
        su.press("转为问题")
        su.press("转为问题")
        su.sees("转成了一个问题")
        mending.agree(
            acting_as(self.cast.shen, Role.SECRETARY), Problem.objects.get(), owner=self.cast.su,
            measures=[
                mending.Planned("请人看裂缝，先围起来", by_when=date(2026, 10, 16)),
                mending.Planned("拆了旧墙砌新墙", by_when=date(2026, 11, 20)),
            ],
            deadline=date(2026, 11, 30),
        )  # fmt: skip
        su.open(f"{self.at('一年级家长座谈')}?show=all")
        su.choose(f"选这一条：{WALL}")
        su.choose(f"选这一条：{CROWD}")
        su.press("公开")
        su.sees("公开了 2 条")

    def parents_read_the_answers(self) -> None:
        """In public, without a name of anybody."""
        parent = self.arrive(None, True)
        parent.open(self.said("一年级家长座谈"))
        parent.sees("42 人", "阶梯教室", CROWD, BY_GROUPS, WALL, "已定下整改措施", "11月30日前")
        parent.misses("苏映雪")

    # --- workers --------------------------------------------------------------------------------
    def workers_are_asked(self) -> None:
        """Two questions to choose and one to write; nobody is known."""
        tie = self.arrive(self._boss(), False)
        tie.open(f"/boxes/of/{self.plant.uid}/new/")
        self._set_up(tie, "问卷", "车间问卷", "车间里怎么样？", "铁成钢")
        tie.fill("收到哪天", "2026-10-18")
        self._keep(tie, "车间问卷")
        tie.click("出题、改题")
        for text, kind, options in (
            ("夜班的饭热不热？", "选一个", "热\n不热"),
            ("最该改哪几样？", "选几个", "澡堂\n食堂\n通勤车"),
            ("还想说什么？", "自己写", ""),
        ):
            tie.fill("题目", text)
            tie.pick("怎么答", kind)
            tie.fill("选项", options)
            tie.press("加上")
        tie.open(self.at("车间问卷"))
        tie.press("开箱")
        worker = self.arrive(None, True)
        worker.open(self.said("车间问卷"))
        worker.choose("不热", group="1. 夜班的饭热不热？")
        worker.choose("食堂", group="2. 最该改哪几样？")
        worker.fill("3. 还想说什么？", "夜班十二点以后没有热水。")
        worker.press("交卷")
        self.codes["survey"] = worker.find("([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")
        for _ in range(9):
            self._answer((1, (1, 2)))
        for _ in range(6):
            self._answer((0, (0,)))
        worker.open(f"{self.said('车间问卷')}")
        worker.misses("16 份")

    def _answer(self, chosen: tuple[int, tuple[int, ...]]) -> None:
        box = Box.objects.get(title="车间问卷")
        one, several, _ = box.questions.all()
        filled = Filled({str(one.uid): [chosen[0]], str(several.uid): chosen[1]})
        surveys.hand_in(box, filled)

    def workers_discuss(self) -> None:
        """The big discussion: a question, a time, no likes."""
        tie = self.arrive(self._boss(), False)
        tie.open(f"/boxes/of/{self.plant.uid}/new/")
        self._set_up(tie, "讨论", "我们怎么活下去", "钢价跌了一半，靠什么活下去？", "铁成钢")
        tie.fill("收到哪天", "2026-10-18")
        self._keep(tie, "我们怎么活下去")
        tie.press("开箱")
        worker = self.arrive(None, True)
        worker.open(self.said("我们怎么活下去"))
        worker.fill("您想说的", "先把煤气回收用起来，一吨能省八块。")
        worker.press("交给澜阳钢铁厂党支部")
        box = Box.objects.get(title="我们怎么活下去")
        for text in ("轧线换辊太慢，一换半天。", "少养几个闲着的仓库。"):
            writing.put_in(box, writing.Slip(text))

    def results_are_told(self) -> None:
        """Only when the box is closed, and only what names nobody."""
        tie = self.arrive(self._boss(), False)
        tie.open("/desk/")
        tie.sees("问卷“车间问卷”可以收箱了")
        tie.open(self.at("车间问卷"))
        tie.press("收箱")
        tie.click("看自己写的话")
        tie.sees("夜班十二点以后没有热水。")
        tie.open(self.at("车间问卷"))
        tie.click("看结果")
        tie.sees("一共收到 16 份", "不热", "10 份")
        worker = self.arrive(None, True)
        worker.open(self.said("车间问卷"))
        worker.click("看结果")
        worker.sees("一共收到 16 份", "食堂", "10 份")
        worker.misses("没有热水")

    def the_discussion_ends_in_a_goal(self) -> None:
        """What was said is looked at, grouped, and concluded."""
        tie = self.arrive(self._boss(), False)
        tie.open(self.at("我们怎么活下去"))
        for text in ("先把煤气回收", "轧线换辊", "少养几个闲"):
            tie.choose(f"选这一条：{text}")
        tie.press("公开")
        tie.click("分主题")
        tie.fill("新的主题", "省能源")
        tie.press("加上主题")
        tie.choose("选这一条：先把煤气回收")
        tie.pick("归到哪个主题", "省能源")
        tie.press("归到一起")
        tie.sees("1 条归到“省能源”")
        tie.open("/desk/")
        tie.sees("“我们怎么活下去”还没有写结论")
        tie.open(self.at("我们怎么活下去"))
        tie.click("写结论")
        tie.fill("结论", GOAL)
        tie.press("公开结论")
        tie.sees(GOAL)
        worker = self.arrive(None, True)
        worker.open(self.said("我们怎么活下去"))
        worker.sees("大家的结论", GOAL)
        worker.click("省能源")
        worker.sees("煤气回收")
        worker.misses("轧线换辊")

    def _boss(self) -> Person:
        return Person.objects.get(name="铁成钢")

    # --- burden ---------------------------------------------------------------------------------
    def a_teacher_complains(self) -> None:
        """Nobody is known; the branch that asked does not see it."""
        teacher = self.arrive(None, True)
        teacher.open(f"/say/burden/{self.cast.branch.uid}/")
        teacher.fill("哪张表、哪份报告、哪次检查", "周报、月报、台账")
        teacher.fill("哪里太多、太重复、没有用，您觉得怎么减", TABLES)
        teacher.press("交给上级")
        teacher.sees("由澜阳县教育局党委答复", "现在看不到")
        self.codes["burden"] = teacher.find("([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})")
        shen = self.arrive(self.cast.shen, False)
        shen.open("/burden/")
        shen.misses(TABLES)

    def the_bureau_answers(self) -> None:
        """The body above says what it made less."""
        gu = self.arrive(self.cast.gu, False)
        gu.open("/desk/")
        gu.sees("1 条减负意见要答复")
        gu.open("/burden/")
        gu.choose(f"选这一条：{TABLES}")
        gu.pick("怎么减的", "合并了")
        gu.fill("答复", "从下月起三张合成一张，学校只报一次。")
        gu.press("答复")
        gu.sees("答复了 1 条，合并了")

    def everybody_reads_the_numbers(self) -> None:
        """Whole numbers; whoever wrote reads the answer with the code."""
        teacher = self.arrive(None, True)
        teacher.open(f"/say/burden/{self.cast.bureau.uid}/numbers/")
        teacher.sees("答复了 1 条，减了 1 件", TABLES, "三张合成一张", "育新小学党支部")
        teacher.open("/say/")
        teacher.fill("查询码", self.codes["burden"])
        teacher.press("查")
        teacher.sees("三张合成一张")
