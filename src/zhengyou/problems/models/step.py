"""What belongs to a problem: measures, and what was done step by step. None of it is rewritten."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.people.models import Organisation, Person
from zhengyou.problems.models.problem import Privacy, Problem, ProblemState


class Measure(models.Model):
    """One measure: what, by whom, by when. Dropped where others took its place (``dropped_at``)."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    problem = models.ForeignKey(
        Problem, verbose_name="问题", on_delete=models.CASCADE, related_name="measures"
    )
    what = models.CharField("做什么", max_length=300)
    who = models.ForeignKey(
        Person, verbose_name="谁来做", null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_when = models.DateField("哪天前", null=True)
    done_on = models.DateField("哪天做好", null=True)
    dropped_at = models.DateTimeField("换掉的时间", null=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "整改措施"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="problems_measure_says_what")
        ]

    def __str__(self) -> str:
        return self.what


class Did(models.TextChoices):
    """What a step was: the verbs on a problem."""

    RAISE = "raise", "提出"
    AGREE = "agree", "定措施"
    REVISE = "revise", "调整措施"
    ASSIGN = "assign", "换责任人"
    START = "start", "开始整改"
    MEASURE_DONE = "measure_done", "做好一条措施"
    SUBMIT = "submit", "送去验收"
    TAKE_BACK = "take_back", "收回"
    VERIFY = "verify", "验收通过"
    SEND_BACK = "send_back", "退回整改"
    CLOSE = "close", "销号"
    REOPEN = "reopen", "重新打开"
    ASK_EXTENSION = "ask_extension", "申请延期"
    EXTEND = "extend", "同意延期"
    REFUSE_EXTENSION = "refuse_extension", "不同意延期"
    EXPLAIN = "explain", "作说明"
    WIDEN = "widen", "让更多人看到"
    GATHER = "gather", "归到上级"
    POLICY = "policy", "政策答复"
    TAKE_OVER = "take_over", "接着整改"
    ESCALATE = "escalate", "上级过问"


class Step(models.Model):
    """One step, and how the problem stood after it: from these the ledger of a past day is read."""

    problem = models.ForeignKey(
        Problem, verbose_name="问题", on_delete=models.CASCADE, related_name="steps"
    )
    did = models.CharField("做了什么", max_length=20, choices=Did)
    words = models.TextField("怎么说的", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁", null=True, on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150, blank=True)
    at = models.DateTimeField("时间")
    state = models.CharField("做完以后的状态", max_length=10, choices=ProblemState)
    privacy = models.CharField("做完以后给谁看", max_length=10, choices=Privacy)
    organisation = models.ForeignKey(
        Organisation, verbose_name="责任组织", on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Person, verbose_name="责任人", null=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("最晚哪天")

    class Meta:
        verbose_name = "问题的一步"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["problem", "at"], name="problems_step_of_problem")]


class Signed(models.Model):
    """Words of somebody in a post, at a moment."""

    words = models.TextField("怎么说的")
    by = models.ForeignKey(Person, verbose_name="谁", on_delete=models.PROTECT, related_name="+")
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        abstract = True


class Verification(Signed):
    """Somebody else looked whether it is mended: passed, or sent back with the reason."""

    problem = models.ForeignKey(
        Problem, verbose_name="问题", on_delete=models.CASCADE, related_name="verifications"
    )
    passed = models.BooleanField("通过")

    class Meta:
        verbose_name = "验收"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=True) | ~Q(words=""), name="problems_verification_says_why"
            )
        ]


class Reopening(Signed):
    """It was not mended after all, or came back."""

    problem = models.ForeignKey(
        Problem, verbose_name="问题", on_delete=models.CASCADE, related_name="reopenings"
    )
    was = models.CharField("原来的状态", max_length=10, choices=ProblemState)

    class Meta:
        verbose_name = "重新打开"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="problems_reopening_says_why")
        ]


class Explained(models.TextChoices):
    """What is said of a problem that cannot be solved now."""

    PLAN = "plan", "现在办不了，有分步计划"
    REASON = "reason", "办不了，说明原因"


class Explanation(Signed):
    """Said to those who asked: a plan in steps with a day to look again, or why it cannot be."""

    problem = models.ForeignKey(
        Problem, verbose_name="问题", on_delete=models.CASCADE, related_name="explanations"
    )
    kind = models.CharField("哪一种", max_length=10, choices=Explained)
    look_again_on = models.DateField("哪天再看", null=True)

    class Meta:
        verbose_name = "说明"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="problems_explanation_says_it"),
            models.CheckConstraint(
                condition=~Q(kind=Explained.PLAN.value) | Q(look_again_on__isnull=False),
                name="problems_explanation_plan_has_day",
            ),
        ]
