"""Roster imports: what was uploaded, what was found, what is chosen, and what undo needs."""

from typing import Any
from uuid import uuid4

from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models.organisation import Organisation
from zhengyou.people.models.person import Person


class ImportState(models.TextChoices):
    """Where an import stands. Checking, writing and undoing are work in the background."""

    CHECKING = "checking", "正在检查"
    PREVIEWED = "previewed", "等您确认"
    WRITING = "writing", "正在导入"
    CONFIRMED = "confirmed", "已导入"
    UNDOING = "undoing", "正在撤回"
    UNDONE = "undone", "已撤回"
    FAILED = "failed", "读不了"
    CANCELLED = "cancelled", "已取消"


_S = ImportState
OPEN = (_S.CHECKING, _S.PREVIEWED, _S.WRITING, _S.FAILED)  # the uploaded file is still needed
BUSY = (_S.CHECKING, _S.WRITING, _S.UNDOING)


class RosterImport(models.Model):
    """One uploaded roster on its way in.

    ``job`` names the piece of background work that is at it now: a worker that finds another
    job there has been overtaken and stops.
    """

    TRANSITIONS = (
        Transition("recheck", (_S.CHECKING, _S.PREVIEWED, _S.FAILED), _S.CHECKING, "重新检查"),
        Transition("preview", (_S.CHECKING,), _S.PREVIEWED, "给出预览"),
        Transition("fail", (_S.CHECKING,), _S.FAILED, "说明读不了"),
        Transition("confirm", (_S.PREVIEWED,), _S.WRITING, "确认导入"),
        Transition("step_back", (_S.WRITING,), _S.PREVIEWED, "退回预览"),
        Transition("write", (_S.WRITING,), _S.CONFIRMED, "导入"),
        Transition("cancel", (_S.CHECKING, _S.PREVIEWED, _S.FAILED), _S.CANCELLED, "取消导入"),
        Transition("undo", (_S.CONFIRMED,), _S.UNDOING, "撤回导入"),
        Transition("keep", (_S.UNDOING,), _S.CONFIRMED, "停止撤回"),
        Transition("take_back", (_S.UNDOING,), _S.UNDONE, "撤回"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="roster_imports"
    )
    state = models.CharField(
        "状态", max_length=12, choices=ImportState, default=ImportState.CHECKING
    )
    since = models.DateField("从哪天起在册")
    file_name = models.CharField("文件名", max_length=200)
    file_digest = models.CharField("文件 SHA-256", max_length=64)
    file_size = models.PositiveIntegerField("文件大小（字节）")
    chosen_sheets = models.JSONField("要读的工作表", default=list)
    uploaded_by = models.ForeignKey(
        Person, verbose_name="上传人", on_delete=models.PROTECT, related_name="roster_imports"
    )
    uploaded_at = models.DateTimeField("上传时间")
    worked_by = models.ForeignKey(
        Person, verbose_name="经办人", on_delete=models.PROTECT, related_name="roster_work"
    )
    worked_hat = models.UUIDField("经办人的职务")
    job = models.UUIDField("后台作业", default=uuid4)
    job_at = models.DateTimeField("交给后台的时间")
    counts = models.JSONField("统计", default=dict)
    summary = models.JSONField("概况", default=dict)
    reason = models.CharField("说明", max_length=500, blank=True)
    confirmed_at = models.DateTimeField("导入时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = "花名册导入"
        ordering = ["-uploaded_at", "-id"]
        indexes = [models.Index(fields=["organisation", "uploaded_at"])]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("roster_import", self.uid)

    @property
    def is_busy(self) -> bool:
        """Whether a worker is, or should be, at it."""
        return self.state in BUSY

    def count(self, what: str) -> int:
        """Return one of the counts; 0 where there is none yet."""
        value: Any = self.counts.get(what, 0)
        return int(value)


class RosterFinding(models.Model):
    """Something wrong or odd about one cell; kept while the preview lasts."""

    roster = models.ForeignKey(
        RosterImport, verbose_name="导入", on_delete=models.CASCADE, related_name="findings"
    )
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行")
    column = models.CharField("列", max_length=3, blank=True)
    title = models.CharField("列名", max_length=60)
    value = models.CharField("写的是", max_length=60, blank=True)
    problem = models.CharField("问题", max_length=300)
    remedy = models.CharField("怎么改", max_length=500)
    is_error = models.BooleanField("必须改")

    class Meta:
        verbose_name = "花名册问题"
        ordering = ["sheet", "row", "id"]
        indexes = [models.Index(fields=["roster", "is_error", "sheet", "row"])]

    @property
    def cell(self) -> str:
        """Where it is, as D12; the row alone where the column is missing."""
        return f"{self.column}{self.row}" if self.column else f"第 {self.row} 行"


class Ground(models.TextChoices):
    """By what a row was taken for a person who is known already. Only the first is proof."""

    ID_NUMBER = "id_number", "身份证号一样"
    PHONE = "phone", "手机号码一样"
    NAME_AND_BIRTH = "name_and_birth", "姓名、出生日期一样"
    NAME = "name", "同一支部，姓名一样"


class Choice(models.TextChoices):
    """What shall become of a row that matches somebody."""

    OPEN = "", "还没选"
    UPDATE = "update", "更新这个人"
    NEW = "new", "当作另一个人新建"
    SKIP = "skip", "跳过这一行"


class RosterMatch(models.Model):
    """A row that is, or may be, somebody known, and what shall become of it."""

    roster = models.ForeignKey(
        RosterImport, verbose_name="导入", on_delete=models.CASCADE, related_name="matches"
    )
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行")
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="roster_matches"
    )
    ground = models.CharField("依据", max_length=20, choices=Ground)
    source = models.ForeignKey(
        Organisation,
        verbose_name="转出支部",
        null=True,
        on_delete=models.CASCADE,
        related_name="roster_transfers",
    )
    target = models.CharField("转入支部", max_length=100, blank=True)
    name = models.CharField("名册上的姓名", max_length=60)
    changes = models.JSONField("改动", default=list)
    choice = models.CharField("怎么办", max_length=10, choices=Choice, blank=True)

    class Meta:
        verbose_name = "疑似同一人"
        ordering = ["sheet", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "sheet", "row"], name="people_rostermatch_one_for_a_row"
            )
        ]

    @property
    def is_sure(self) -> bool:
        """Whether the ID number proves it."""
        return self.ground == Ground.ID_NUMBER

    @property
    def choices(self) -> list[Choice]:
        """What may be chosen: with the same ID number nobody can be a second person."""
        return [Choice.UPDATE, *([] if self.is_sure else [Choice.NEW]), Choice.SKIP]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices as (value, words): to update somebody of another branch is to transfer."""
        return [(choice.value, self._words(choice)) for choice in self.choices]

    @property
    def answer(self) -> str:
        """What was chosen, in words."""
        return self._words(Choice(self.choice))

    def _words(self, choice: Choice) -> str:
        moves = choice == Choice.UPDATE and self.source_id is not None
        return f"转到{self.target}" if moves else str(choice.label)


class ImportedRow(models.Model):
    """Somebody whom an import added or changed, with what undo needs.

    ``before`` is sealed: earlier values of fields and dated rows, empty for who was added.
    ``after`` is a digest of the person as the import left it: undo refuses where it differs.
    """

    roster = models.ForeignKey(
        RosterImport, verbose_name="导入", on_delete=models.CASCADE, related_name="rows"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.CASCADE, related_name="imported_rows"
    )
    added = models.BooleanField("新增")
    before = models.TextField("原来的值（密文）", blank=True)
    after = models.CharField("导入后的摘要", max_length=64)

    class Meta:
        verbose_name = "导入的人"
        constraints = [
            models.UniqueConstraint(
                fields=["roster", "person"], name="people_importedrow_once_per_person"
            )
        ]
