"""What is typed about suggestions: words, levels, reasons, who carries out what, rewards."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import QuerySet

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import half_width, tidy_line
from zhengyou.people.forms.fields import DayField
from zhengyou.people.models import Organisation, Person
from zhengyou.voices.actions.adopting import Gain, Task
from zhengyou.voices.actions.funnels import LevelData
from zhengyou.voices.actions.suggesting import Words
from zhengyou.voices.models import Contributor, Small, Suggestion, Where
from zhengyou.voices.models.adoption import LONGEST_MEASURES, LONGEST_RESULT, LONGEST_REWARD, MONEY
from zhengyou.voices.models.box import LONGEST_TITLE
from zhengyou.voices.models.screening import LONGEST_REASON
from zhengyou.voices.models.suggestion import LONGEST_PIECE, LONGEST_TEXT

WHERE = {str(where.label): where for where in Where}
_PIECE = ("合成一份", "合成")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsForm(forms.Form):
    """What a suggestion says."""

    title = forms.CharField(
        label="一句话写明建议什么", max_length=LONGEST_TITLE,
        error_messages={"required": "没有写题目。"},
    )  # fmt: skip
    text = forms.CharField(
        label="内容", max_length=LONGEST_TEXT, widget=_area(6),
        help_text="现在怎样，建议怎么做，大概要花多少钱、多少工夫。",
        error_messages={"required": "没有写内容。"},
    )  # fmt: skip
    small = forms.ChoiceField(
        label="是不是“五小”", required=False, choices=[("", "不是"), *Small.choices]
    )

    def words(self) -> Words:
        """Return what was typed."""
        data = self.cleaned_data
        return Words(data["title"], data["text"], data.get("small", ""))


class SuggestForm(WordsForm):
    """A suggestion in one's own name."""

    home = forms.ModelChoiceField(Organisation.objects.none(), label="从哪里提", empty_label=None)

    def __init__(self, *args: Any, homes: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["home"].queryset = homes  # type: ignore[attr-defined]


class GatherForm(forms.Form):
    """Make suggestions of what was put in."""

    home = forms.ModelChoiceField(
        Organisation.objects.none(), label="交给谁先筛", empty_label=None,
        help_text="从这个组织起，一级一级往上筛。",
    )  # fmt: skip
    how = forms.ChoiceField(
        label="怎么转", widget=forms.RadioSelect, initial="each",
        choices=[("each", "一条意见一条建议，照原话"), ("one", "都是一回事，合成一条建议")],
    )  # fmt: skip
    title = forms.CharField(
        label="题目", required=False, max_length=LONGEST_TITLE, help_text="合成一条才写。"
    )
    text = forms.CharField(
        label="内容", required=False, max_length=LONGEST_TEXT, widget=_area(5),
        help_text="合成一条才写；原来的话都留着。",
    )  # fmt: skip

    def __init__(self, *args: Any, homes: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["home"].queryset = homes  # type: ignore[attr-defined]


class PieceForm(forms.Form):
    """A piece made of several."""

    title = forms.CharField(label="综合稿的题目", max_length=LONGEST_TITLE)
    text = forms.CharField(
        label="综合稿的正文", max_length=LONGEST_PIECE, widget=_area(18),
        help_text="选上的已经按顺序写在这里，请顺一遍，重复的合起来写。",
    )  # fmt: skip

    def words(self) -> Words:
        """Return what was typed."""
        return Words(self.cleaned_data["title"], self.cleaned_data["text"])


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label="为什么", max_length=LONGEST_REASON, widget=_area(3),
        help_text="建议人看得到这句话。", error_messages={"required": "要写明理由。"},
    )  # fmt: skip


class AdoptForm(forms.Form):
    """Who carries it out, until when, and how."""

    owner = forms.ModelChoiceField(
        Person.objects.none(), label="谁来办", empty_label="选一个人",
        error_messages={"required": "没有选谁来办。"},
    )  # fmt: skip
    due_on = DayField("哪天以前办成")
    measures = forms.CharField(
        label="怎么办", max_length=LONGEST_MEASURES, widget=_area(4),
        error_messages={"required": "没有写怎么办。"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def task(self) -> Task:
        """Return what was typed."""
        data = self.cleaned_data
        return Task(data["owner"], data["due_on"], data["measures"])


class ResultForm(forms.Form):
    """What came of it."""

    result = forms.CharField(
        label="办成什么样了", max_length=LONGEST_RESULT, widget=_area(4),
        error_messages={"required": "没有写办成什么样了。"},
    )  # fmt: skip
    gains = forms.CharField(
        label="效益",
        required=False,
        widget=_area(3),
        help_text=f"一行一个：是什么，多少，单位。比如：一年节约，12000，{MONEY}。",
    )
    unmeasured = forms.BooleanField(label="不好计量", required=False)

    def clean_gains(self) -> list[Gain]:
        """Read the lines."""
        found = []
        lines = self.cleaned_data["gains"].splitlines()
        for number, line in enumerate(filter(str.strip, lines), start=1):
            cells = [tidy_line(cell) for cell in half_width(line).split(",")]
            if len(cells) != 3:
                raise forms.ValidationError(
                    f"第 {number} 行要写成三样，用逗号隔开：一年节约，12000，{MONEY}。"
                )
            found.append(Gain(cells[0], _amount(cells[1], number), cells[2]))
        return found


def _amount(text: str, number: int) -> Decimal:
    try:
        amount = Decimal(text.replace(" ", ""))
    except InvalidOperation:
        raise forms.ValidationError(f"第 {number} 行的“{text}”不是数。") from None
    if not amount.is_finite() or not Decimal("0.01") <= amount < Decimal(10) ** 11:
        raise forms.ValidationError(f"第 {number} 行的数要大于零，也不能太大。")
    return amount.quantize(Decimal("0.01"))


class RewardForm(forms.Form):
    """What those who made it get."""

    what = forms.CharField(
        label="奖励什么", max_length=LONGEST_REWARD, help_text="比如：奖状一张，图书卡 50 元。"
    )
    where = forms.CharField(
        label="到哪里领", required=False, max_length=LONGEST_REWARD,
        help_text="没有署名的人，报查询码来领，不问是谁。",
    )  # fmt: skip
    whom = forms.ModelMultipleChoiceField(
        Contributor.objects.none(), label="给谁", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "没有选给谁。"},
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Contributor], **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [each.pk for each in people]
        rows = Contributor.objects.filter(pk__in=keys).select_related("person", "voice")
        self.fields["whom"].queryset = rows  # type: ignore[attr-defined]
        self.fields["whom"].initial = keys


class CodeForm(forms.Form):
    """A code somebody says."""

    code = forms.CharField(
        label="查询码", max_length=20, help_text="十二个字母数字，写的时候留下的。"
    )


class MergeForm(forms.Form):
    """Into which one it goes."""

    into = forms.ModelChoiceField(
        Suggestion.objects.none(), label="并入哪一条", empty_label="选一条",
        error_messages={"required": "没有选并入哪一条。"},
        help_text="两条的建议人都还在；并错了可以再分开。",
    )  # fmt: skip

    def __init__(self, *args: Any, others: QuerySet[Suggestion], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class LevelsForm(forms.Form):
    """The levels of a call, a line each."""

    levels = forms.CharField(
        label="一级一行，从下往上", widget=_area(5),
        help_text="名称，哪级组织筛，至少选几条，最多上报几份，合成一份。后三样不限就空着。"
        "比如：学校，本级，40，1，合成一份。哪级组织：下两级、下一级、本级、上一级、上两级。",
    )  # fmt: skip

    def clean_levels(self) -> list[LevelData]:
        """Read the lines."""
        lines = self.cleaned_data["levels"].splitlines()
        return [
            _level(number, [tidy_line(cell) for cell in half_width(line).split(",")])
            for number, line in enumerate(filter(str.strip, lines), start=1)
        ]


def _level(number: int, cells: list[str]) -> LevelData:
    title, where, least, most, piece = [*cells, "", "", "", ""][:5]
    if where not in WHERE:
        raise forms.ValidationError(f"第 {number} 行的“{where}”看不懂，请写：{'、'.join(WHERE)}。")
    if piece and piece not in _PIECE:
        raise forms.ValidationError(f"第 {number} 行最后一样写“合成一份”或者空着。")
    least_count, most_count = _count(least, number), _count(most, number)
    return LevelData(title, WHERE[where], least_count, most_count, as_piece=bool(piece))


def _count(text: str, number: int) -> int | None:
    if not text or text == "不限":
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10_000:
        raise forms.ValidationError(f"第 {number} 行的“{text}”不是数。")
    return int(text)


def levels_text(levels: Any) -> str:
    """Return levels as the form takes them."""
    return "\n".join(_line(level) for level in levels)


def _line(level: Any) -> str:
    cells = [level.title, str(Where(level.where).label), level.chosen_least, level.most_up]
    cells += ["合成一份" if level.as_piece else ""]
    return "，".join(str(cell or "") for cell in cells).rstrip("，")


class EnterForm(forms.Form):
    """Into which plan or task an adopted suggestion goes."""

    into = forms.ChoiceField(label="列进哪里", help_text="自己组织的方案，或者方案里的一项任务。")

    def __init__(self, *args: Any, choices: list[Ref], **options: Any) -> None:
        super().__init__(*args, **options)
        self._refs = choices
        named = [(str(place), ref.label) for place, ref in enumerate(choices)]
        self.fields["into"].choices = named  # type: ignore[attr-defined]

    def ref(self) -> Ref:
        """Return the plan, named after the task where one was chosen."""
        return self._refs[int(self.cleaned_data["into"])]
