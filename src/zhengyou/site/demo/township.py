"""The demo's second campaign: a township's central school and its village schools, over thirty
months from the first of July; told as far as the pledges, which are put out for opinions first."""

from datetime import date
from functools import partial

from zhengyou.campaigns.actions import consultations, directives, plans
from zhengyou.campaigns.models import Channel, Directive, Outcome, SectionCode
from zhengyou.kernel import clock
from zhengyou.people.actions import transfers, tree
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person, Role, Transfer
from zhengyou.pledges import subjects
from zhengyou.pledges.models import ItemKind, Pledge
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.models import HoldReason, Remark
from zhengyou.site.demo.cast import Branch
from zhengyou.site.demo.telling import Telling

LEAST = 100
"""Days of it that have to lie behind the anchor day."""
WISHES = (  # day, words, signature, what became of it (None: held back), why
    (8, "竹湾到中心校的路冬天结冰，换课能不能排在中午？", "孩子家长", Outcome.ADOPTED,
     "十一月到二月的换课都排在中午，走之前先看路。"),
    (9, "三联系要写清楚联系谁，别一个老师联系三个好学生。", "", Outcome.ADOPTED,
     "联系的学生由班里报、支部定，名单在教研组里公布。"),
    (9, "最好每个村都有一名老师住校。", "竹湾村民", Outcome.DECLINED,
     "宿舍不够，先把值夜排到每周三晚，明年修了宿舍再定。"),
    (10, "某某老师家里的事谁都知道。", "", None, ""),
)  # fmt: skip
POSTED = (
    (7, "方案草稿和承诺打算", Channel.BOARD, "校门口公开栏", "plan"),
    (72, "承诺进展", Channel.WALL_PAPER, "中心校走廊", "wall"),
    (95, "活动动态", Channel.WEBSITE, "乡政府网站教育栏", "site"),
)
RESULTS = (
    (7, "notice", "支部书记会开过了，四个支部都到齐。"),
    (21, "draft", "方案改了三稿，四样都写明白了。"),
    (34, "opinions", "收到的意见都答复了，改了两处，没改的说了为什么。"),
    (58, "meeting", "动员会在中心校操场开的，村小老师坐一辆车来。"),
    (85, "links", "班、老师、学生都定到人，名单在办公室。"),
)


def starts_on(anchor: date) -> date:
    """Return the last first of July that lies far enough behind ``anchor``."""
    this = date(anchor.year, 7, 1)
    return this if (anchor - this).days >= LEAST else date(anchor.year - 1, 7, 1)


class Township(Telling):
    """Basis documents, plans with opinions asked for, pledges announced, reviewed, kept."""

    ends = (150, 170, 200, 260, 300, 540)

    def tell(self) -> None:
        """Lay everything on the calendar."""
        self.at(0, 9, self._launch)
        self.at(1, 9, self._receive)
        self._plan(self.cast.central, 5, self._office, approved=33)
        first, second, third, _ = self.cast.villages  # the last has not adopted it yet
        self._plan(first, 10, self._general, approved=38)
        self._plan(second, 12, self._general, approved=44)
        self._plan(third, 14, self._general, approved=None)
        for branch in (self.cast.central, *self.cast.villages):
            self.at(53, 9, lambda branch=branch: self._of_body(branch))  # type: ignore[misc]
        for branch in self.cast.villages:
            self._of_people(branch)
        self._in_public()
        self._on_the_way()
        self._redrawn(first)

    def _office(self) -> Actor:
        return self.by("柳月明", Role.CAMPAIGN_OFFICE)

    def _general(self) -> Actor:
        return self.by("岑守拙", Role.SECRETARY)

    def _secretary(self, branch: Branch) -> Actor:
        if branch is self.cast.central:
            return self._general()
        name = "盛玉兰" if branch is self.cast.villages[0] else branch.people[0].name
        return self.by(name, Role.SECRETARY)

    # --- documents and plans --------------------------------------------------------------------
    def _launch(self) -> None:
        self.launch(self._office(), self.cast.township, "township-school")

    def _receive(self) -> None:
        lead = self.by("岳承泽", Role.SECRETARY)
        words = directives.Words(
            title="关于在基层党组织和党员中深入开展创先争优活动的实施意见",
            number=f"澜委发〔{self.start.year}〕17号",
            issued_on=self.start,
            received_on=clock.today(),
            issuer=self.cast.county,
        )
        directive = directives.enter(lead, self.cast.township, words)
        directives.cite_in_campaign(self._office(), self.campaign, [directive])
        directives.pass_down(lead, directive, note="各学校党组织先学一遍，再写方案。")
        for day, branch, how in (
            (2, self.cast.central, "总支委员会上逐段读了一遍，议定由中心校先写方案。"),
            (6, self.cast.villages[0], "放假前最后一次支部会上学的，会后两位老师提了写法。"),
            (8, self.cast.villages[1], "在松坪教室里开的会，三位路远的老师用电话听。"),
        ):
            self.at(
                day, 15,
                lambda branch=branch, how=how: directives.mark_studied(  # type: ignore[misc]
                    self._secretary(branch), Directive.objects.get(pk=directive.pk),
                    clock.today(), how,
                ),
            )  # fmt: skip

    def _plan(self, branch: Branch, day: int, above: object, approved: int | None) -> None:
        def own() -> Actor:
            return self._secretary(branch)

        self.at(day, 9, lambda: self.adopt(own(), branch))
        self.at(day + 1, 15, lambda: self._write(own(), branch))
        self.at(day + 2, 9, lambda: consultations.consult(own(), self.plan_of(branch), 5))
        sent = (approved or 62) - 2
        self.at(sent, 10, lambda: self.plan_of(branch).submit(own()))
        if approved is not None:
            self.at(approved, 9, lambda: self._approve(branch, above()))  # type: ignore[operator]
            self.at(approved + 1, 9, lambda: self.plan_of(branch).publish(own()))

    def _write(self, actor: Actor, branch: Branch) -> None:
        plan = self.plan_of(branch)
        kept = [row for row in plan.texts[SectionCode.PLEDGES].splitlines() if "补上" not in row]
        own = "本校重点：换课到村小、上学路上的护栏、三联系定到人，三件事都由党员牵头。"
        texts: dict[str, str] = {SectionCode.PLEDGES: "\n".join([*kept, own])}
        plans.write(actor, plan, texts, plan.revision)
        if branch is self.cast.central:
            directives.cite_in_plan(actor, self.plan_of(branch), list(Directive.objects.all()))

    def _approve(self, branch: Branch, actor: Actor) -> None:
        plan = self.plan_of(branch)
        plan.approve(actor, revision=plan.revision)

    # --- pledges --------------------------------------------------------------------------------
    def _of_body(self, branch: Branch) -> None:
        promises = self.words.body_promises(self.random)
        actor = self._secretary(branch)
        pledge = self.pledge(actor, branch, promises)
        self._reviewed(pledge)
        assert actor.person is not None
        self.follow(actor.person, pledge, promises, Role.SECRETARY, days=(90, 118))

    def _of_people(self, branch: Branch) -> None:
        last = len(branch.people) - 1
        for place, person in enumerate(branch.people):
            if branch is self.cast.villages[3] and place == last:
                continue  # somebody has not pledged yet
            late = branch is self.cast.villages[0] and place >= last - 1
            day = (
                (self.calendar.anchor - self.start).days - 2
                if late
                else self.random.randint(53, 61)
            )
            self.at(day, 10, lambda who=person: self._of_person(branch, who))  # type: ignore[misc]

    def _of_person(self, branch: Branch, person: Person) -> None:
        rule = subjects.rule_for(self.campaign, branch.body, person)
        assert rule is not None
        kinds = [kind for kind in ItemKind if rule.least(kind.value)]
        promises = [
            self.words.promise(kind.value, person.work, self.random, self.taken) for kind in kinds
        ]
        pledge = self.pledge(self.acting(person), branch, promises, person=person)
        self._reviewed(pledge)
        self.follow(person, pledge, promises, days=(88, 116))

    def _reviewed(self, pledge: Pledge) -> None:
        """Have it reviewed on the first morning after its notice."""
        until = [item.announced_until for item in pledge.items.all() if item.announced_until]
        day = (max(until) - self.start).days + 1 if until else self.today + 2
        back = 1 if self.random.random() < 0.1 else 0
        self.at(day, 10, lambda: self.review(pledge, self._reviewer(pledge), back))
        if back and pledge.person is not None:
            person = pledge.person
            self.at(day + 2, 10, lambda: self.mend(person, pledge))
            self.at(day + 5, 10, lambda: self.review(pledge, self._reviewer(pledge)))

    def _reviewer(self, pledge: Pledge) -> Actor:
        """A body's pledge and a secretary's are reviewed above."""
        branch = next(
            row
            for row in (self.cast.central, *self.cast.villages)
            if row.body.pk == pledge.organisation_id
        )
        if branch is self.cast.central:
            return self._office()
        own = self._secretary(branch)
        if pledge.person is None or pledge.person == own.person:
            return self._general() if pledge.person_id != self.cast["岑守拙"].pk else self._office()
        return own

    # --- what the public sees and says ------------------------------------------------------------
    def _in_public(self) -> None:
        for wish in WISHES:
            self._asked(*wish)
        for day, title, channel, place, item in POSTED:
            self.at(day, 11, partial(self._post, title, channel, place, item))
        for day, code, words in RESULTS:
            self.at(day, 16, partial(self._report, code, words))

    def _post(self, title: str, channel: Channel, place: str, item: str) -> None:
        self.posted(self._general(), self.cast.central, title, channel, place, item)

    def _report(self, code: str, words: str) -> None:
        self.report(self._general(), self.cast.central, code, words)

    def _asked(self, day: int, words: str, who: str, outcome: Outcome | None, why: str) -> None:
        """Have an opinion on the central school's draft come in, be let through and settled."""
        said: list[Remark] = []

        def come_in() -> None:
            said.append(self.comment(self.plan_of(self.cast.central).ref, words, who))

        def settle() -> None:
            assert outcome is not None
            asked = self.plan_of(self.cast.central).consultations.get()
            remark = Remark.objects.get(pk=said[0].pk)
            consultations.settle(self._general(), asked, remark, outcome, why)

        self.at(day, 19, come_in)
        if outcome is None:
            privacy = HoldReason.PRIVACY
            self.at(day + 1, 9, lambda: moderating.hold(self._general(), said, privacy))
        else:
            self.at(day + 1, 9, lambda: moderating.show(self._general(), said))
            self.at(16, 9, settle)

    def _redrawn(self, branch: Branch) -> None:
        """The central school's branch has grown too big: on the eve of the anchor day it becomes
        two, with two promises put out for opinions and all others half done."""
        eve = (self.calendar.anchor - self.start).days - 1
        self.at(eve, 20, lambda: self._split(branch))

    def _split(self, branch: Branch) -> None:
        general, school = self._general(), branch.body.name.removesuffix("党支部")
        names = [f"{school}第{number}党支部" for number in "一二"]
        leads = (self.cast["盛玉兰"], self.cast["季春山"])
        now = Person.objects.filter(
            memberships__organisation=branch.body, memberships__until__isnull=True
        )
        rest = [who for who in now.order_by("pk") if who not in leads]
        halves = ([leads[0], *rest[::2]], [leads[1], *rest[1::2]])
        below = branch.body.children.filter(closed_on=None)
        new = tree.split(
            general, [branch.body], dict(zip(names, halves, strict=True)),
            below={names[0]: list(below)},
        )  # fmt: skip
        for body, person in zip(new, leads, strict=True):
            appoint(general, person, body, Role.SECRETARY)

    def _on_the_way(self) -> None:
        """A teacher moves from one village school to another; the transfer waits to be taken."""
        source, target = self.cast.villages[1], self.cast.villages[2]
        person = source.people[-1]
        self.at(
            96,
            10,
            lambda: transfers.propose(
                self._secretary(source),
                source.body,
                target.body,
                [person],
                note="下学期到竹湾教书，组织关系一并转去。",
            ),
        )
        self.at(
            130,
            10,
            lambda: transfers.accept(
                self._secretary(target), Transfer.objects.select_related("source", "target").get()
            ),
        )
