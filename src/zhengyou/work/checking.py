"""What a record must say before it counts. Every fault at once, in one sentence."""

from collections.abc import Iterator

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation
from zhengyou.work.content import Content
from zhengyou.work.kinds import Form, form_of
from zhengyou.work.models import Part

WORDS = {
    "text": "写一写内容",
    "decisions": "写上结果",
    "scope": "选服务谁",
    "free_names": "写上走访了谁",
    "place": "写上地点",
}
LONGEST_DAYS = 366


def must_be_whole(content: Content, body: Organisation) -> None:
    """Refuse what cannot be counted yet.

    Raises:
        Refused: with everything that is missing or wrong.
    """
    found = list(faults(content, body))
    if found:
        raise Refused("，".join(found) + "。")


def must_be_possible(content: Content) -> None:
    """Refuse what not even a draft can hold.

    Raises:
        Refused: the days run backwards, or somebody stands on the list twice.
    """
    found = list(_impossible(content))
    if found:
        raise Refused("，".join(found) + "。")


def _impossible(content: Content) -> Iterator[str]:
    last = content.until or content.on
    if last < content.on or (last - content.on).days > LONGEST_DAYS:
        yield "结束的日子不对，请改日期"
    keys = [row.person.pk for row in content.people]
    if len(keys) != len(set(keys)):
        yield "同一个人写了两次，请去掉一个"
    if any(row.amount <= 0 for row in content.quantities):
        yield "数量要大于零"
    for value, most, words in (
        (content.title, 100, "名称"),
        (content.place, 60, "地点"),
        *((row.what, 40, "数量里的“什么”") for row in content.quantities),
        *((row.unit, 10, "单位") for row in content.quantities),
        *((text, 200, "诉求") for row in content.wishes for text in (row.words, row.answer)),
    ):
        if len(value) > most:
            yield f"{words}最多 {most} 个字"


def faults(content: Content, body: Organisation) -> Iterator[str]:
    """Yield what is missing or cannot be, in Chinese, without a full stop."""
    form = form_of(content.kind)
    yield from _days(content, body)
    if "people" in form.needs and not content.present:
        yield f"选上{form.words.get('people', '谁到了')}"
    for name, words in WORDS.items():
        if name in form.needs and _blank(getattr(content, name)):
            yield f"{words}（{form.words[name]}）" if name in form.words else words
    yield from _parts(content, form)
    yield from _impossible(content)


def _blank(value: str | tuple[str, ...]) -> bool:
    words = (value,) if isinstance(value, str) else value
    return not any(each.strip() for each in words)


def _days(content: Content, body: Organisation) -> Iterator[str]:
    last = content.until or content.on
    if content.on > clock.today() or last > clock.today():
        yield "日子还没到，先存着，到时候再记好"
    if content.on < body.founded_on:
        yield f"那天还没有{body.name}（{body.founded_on:%Y-%m-%d} 成立）"
    elif body.closed_on and content.on >= body.closed_on:
        yield f"那天{body.name}已经撤销了"
    begins, ends = content.begins_at, content.ends_at
    if begins and ends and not content.until and ends <= begins:
        yield "结束的时间早于开始的时间"
    if content.counts_on and content.counts_on > content.on:
        yield "算哪天的，不能晚于做的那天"


def _parts(content: Content, form: Form) -> Iterator[str]:
    if "speaker" in form.needs and not any(row.part == Part.SPEAKER for row in content.present):
        yield f"选上{form.parts[Part.SPEAKER]}"
