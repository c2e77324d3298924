"""What the pages of the roster import show."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator

from zhengyou.kernel.progress import Progress, Reading
from zhengyou.people.actions.roster import TRANSFER, is_interrupted
from zhengyou.people.models import Choice, Ground, ImportState, Organisation, RosterImport
from zhengyou.people.roster import undoing

SIZE = 50  # findings or matches on a page
RECENT = 10
BADGES = {
    ImportState.CHECKING: "doing",
    ImportState.PREVIEWED: "wait",
    ImportState.WRITING: "doing",
    ImportState.CONFIRMED: "done",
    ImportState.UNDOING: "doing",
    ImportState.UNDONE: "off",
    ImportState.FAILED: "back",
    ImportState.CANCELLED: "off",
}
_QUESTIONS = {
    Ground.ID_NUMBER: "身份证号和系统里的人一样",
    Ground.PHONE: "手机号码和系统里的人一样",
    Ground.NAME_AND_BIRTH: "姓名、出生日期和系统里的人一样",
    Ground.NAME: "姓名和同一支部的人一样",
    TRANSFER: "现在在别的支部，要转过来",
}
TABS = (
    ("errors", "要改的"),
    ("matches", "系统里有的人"),
    ("hints", "请核对"),
    ("sample", "新增的人"),
)


@dataclass(slots=True)
class Line:
    """An import in the list of a body."""

    roster: RosterImport
    badge: tuple[str, str]
    words: str


@dataclass(slots=True)
class Question:
    """A kind of match that can be answered for all rows at once."""

    kind: str
    words: str
    count: int
    choices: list[Choice]

    @property
    def options(self) -> list[tuple[str, str]]:
        """The choices as (value, words on the button)."""
        moves = self.kind == TRANSFER
        words = {
            Choice.UPDATE: "都转过来" if moves else "都更新",
            Choice.NEW: "都当作另外的人新建",
            Choice.SKIP: "都跳过",
        }
        return [(choice.value, words[choice]) for choice in self.choices]


@dataclass(slots=True)
class ImportPage:
    """One import as its page shows it.

    Args:
        unanswered: matches about which nothing has been chosen.
        hanging: why it cannot be undone, in words.
        tabs: (key, title, count) of those that hold anything.
    """

    roster: RosterImport
    progress: Reading
    interrupted: bool
    badge: tuple[str, str]
    unanswered: int = 0
    hanging: list[str] = field(default_factory=list)
    tabs: list[tuple[str, str, int]] = field(default_factory=list)
    tab: str = ""
    rows: Page[Any] | None = None
    questions: list[Question] = field(default_factory=list)

    @property
    def news(self) -> int:
        """People that confirming would add, change or move."""
        return sum(self.roster.count(what) for what in ("add", "update", "transfer"))

    @property
    def title(self) -> str:
        """The finding in one sentence."""
        return title_of(self.roster, self.unanswered, interrupted=self.interrupted)


def imports_of(body: Organisation) -> list[Line]:
    """Return the latest imports into a body; one query."""
    rows = RosterImport.objects.filter(organisation=body).select_related("uploaded_by")[:RECENT]
    return [Line(row, badge_of(row), title_of(row)) for row in rows]


def import_page(roster: RosterImport, tab: str = "", page: str = "1") -> ImportPage:
    """Return what the page of one import shows; at most eight queries in preview."""
    shown = ImportPage(
        roster, Progress(roster.job).read(), is_interrupted(roster), badge_of(roster)
    )
    if roster.state == ImportState.PREVIEWED:
        _fill_preview(shown, tab, page)
    elif roster.state == ImportState.CONFIRMED:
        shown.hanging = undoing.hanging(roster)
    return shown


def _fill_preview(shown: ImportPage, tab: str, page: str) -> None:
    roster = shown.roster
    matches = roster.matches.count()
    shown.unanswered = roster.matches.filter(choice=Choice.OPEN).count() if matches else 0
    sample = roster.summary.get("sample", [])
    counts = {
        "errors": roster.count("errors"),
        "matches": matches,
        "hints": roster.count("hints"),
        "sample": roster.count("add") if sample else 0,
    }
    shown.tabs = [(key, title, counts[key]) for key, title in TABS if counts[key]]
    keys = [key for key, _, _ in shown.tabs]
    shown.tab = tab if tab in keys else (keys or [""])[0]
    if shown.tab in ("errors", "hints"):
        rows: Any = roster.findings.filter(is_error=shown.tab == "errors")
    elif shown.tab == "matches":
        rows = roster.matches.select_related("person", "source").order_by("choice", "sheet", "row")
        shown.questions = _open_questions(roster)
    else:
        rows = sample
    shown.rows = Paginator(rows, SIZE).get_page(page)


def _open_questions(roster: RosterImport) -> list[Question]:
    """Return the kinds of matches that wait for an answer; one query."""
    rows = roster.matches.filter(choice=Choice.OPEN).order_by()
    counts = Counter(
        (ground if source is None else TRANSFER, ground == Ground.ID_NUMBER)
        for ground, source in rows.values_list("ground", "source")
    )
    found: dict[str, Question] = {}
    for (kind, sure), count in sorted(counts.items()):
        question = found.setdefault(kind, Question(kind, _QUESTIONS[kind], 0, []))
        question.count += count
        offered = [Choice.UPDATE, *([] if sure else [Choice.NEW]), Choice.SKIP]
        question.choices = [one for one in Choice if one in {*question.choices, *offered}]
    return list(found.values())


def badge_of(roster: RosterImport) -> tuple[str, str]:
    """Return the state badge: kind and words."""
    state = ImportState(roster.state)
    if is_interrupted(roster):
        return "late", "中断了"
    if state == ImportState.PREVIEWED and roster.count("errors"):
        return "back", "有错要改"
    return BADGES[state], str(state.label)


def title_of(roster: RosterImport, unanswered: int = 0, *, interrupted: bool = False) -> str:
    """Return where an import stands, as a sentence."""
    added, changed = roster.count("add"), roster.count("update")
    moved, faulty = roster.count("transfer"), roster.count("faulty")
    parts = [
        f"{words} {count} 人"
        for words, count in (("新增", added), ("更新", changed), ("转入", moved))
        if count
    ]
    match roster.state:
        case _ if interrupted:
            return "后台中断了，什么都没有写进去"
        case ImportState.CHECKING:
            return "正在检查"
        case ImportState.PREVIEWED if faulty:
            return f"有 {faulty} 行要改，改好再导入"
        case ImportState.PREVIEWED if unanswered:
            return f"有 {unanswered} 行要您定"
        case ImportState.PREVIEWED:
            words = f"检查过了，可以导入：{'，'.join(parts)}"
            return words if parts else "和系统里的一样，不用导入"
        case ImportState.WRITING:
            return "正在导入"
        case ImportState.CONFIRMED:
            return f"导入好了：{'，'.join(parts) or '没有变动'}"
        case ImportState.UNDOING:
            return "正在撤回"
        case ImportState.UNDONE:
            return "整批撤回了"
        case ImportState.FAILED:
            return "这个文件读不了"
        case _:
            return "已取消"
