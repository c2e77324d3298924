"""From the bytes of a file to values with positions, or to everything that stops it being TOML."""

import re
import tomllib
from typing import Any

from zhengyou.campaigns.blueprint.glyphs import wrong_signs
from zhengyou.campaigns.blueprint.positions import Path, Positions, locate
from zhengyou.campaigns.blueprint.problem import Flawed, Problem

LARGEST = 64 * 1024  # bytes; the largest of our own is under 20 KiB
_MOST_ERRORS = 20

_WORDS = (
    ("Expected '=' after a key", "栏目名后面没有等号", "请写成 栏目名 = 内容"),
    ("Expected newline or end of document", "一行里写了两样东西，或者日期、数字写法不对",
     "请把文字和日期用英文引号括起来，每个栏目另起一行"),
    ("Unclosed array", "列表没有写完，或者两项之间缺逗号",
     '请检查这里和前面几行：项之间用英文逗号隔开，最后有 ]'),
    ("Unclosed inline table", "花括号里没有写完，或者两项之间缺逗号",
     "请检查：花括号要在同一行里写完，项之间用英文逗号隔开，最后有 }"),
    ("at the end of a table declaration", "这一节的方括号没有写完", "请在行尾补上英文的 ]"),
    ("Unterminated string", "引号没有配对", '请在文字后面补上英文引号 "'),
    ("Illegal character '\\n'", "引号没有配对", '请在文字后面补上英文引号 "'),
    ("Expected \"'\"", "引号没有配对", "请在文字后面补上同样的引号"),
    ("Unescaped '\\'", "引号里有反斜杠 \\", "请去掉反斜杠，或者写成两个 \\\\"),
    ("Invalid value", "等号右边的内容写法不对", '文字要用英文引号括起来，是否写成 true 或 false'),
    ("Invalid statement", "这一行看不懂", "请写成 栏目名 = 内容，或者 [节名]；说明文字前面加 #"),
    ("Invalid initial character for a key", "栏目名写法不对", "栏目名要用英文字母、数字、- 和 _"),
    ("Cannot mutate immutable", "同一个栏目分两处写了", "请合到一处"),
    ("Cannot overwrite a value", "同一个栏目写了两次", "请删去一处"),
    ("Cannot declare", "同一节写了两次", "请合成一节"),
)  # fmt: skip


def decode(raw: bytes) -> str:
    """Return the text of a file: UTF-8 with or without mark, else GB 18030 as old Notepads write.

    Raises:
        Flawed: too large, or no text.
    """
    if len(raw) > LARGEST:
        raise Flawed([Problem(0, 0, "文件太大，不像是蓝图", "请选扩展名为 .toml 的蓝图文件")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise Flawed([Problem(0, 0, "这不是文本文件", "请选扩展名为 .toml 的蓝图文件")])


def parse(text: str) -> tuple[dict[str, Any], Positions]:
    """Return the values of a TOML text and where they stand.

    Raises:
        Flawed: it is no TOML; with every line that stops it, as far as they can be told apart.
    """
    try:
        return _parsed(text)
    except RecursionError:
        problem = Problem(0, 0, "方括号、花括号或者点套得太深", "蓝图用不着套这么多层，请改浅些")
        raise Flawed([problem]) from None


def _parsed(text: str) -> tuple[dict[str, Any], Positions]:
    positions = locate(text)
    problems = wrong_signs(text)
    if not positions.broken:  # Else a lost heading makes one table of two, full of repetitions.
        problems += map(_twice, positions.twice)
    problems += _not_toml(text, {problem.line for problem in problems})
    if problems:
        raise Flawed(problems)
    return tomllib.loads(text), positions


def _twice(found: tuple[Path, int, tuple[int, int]]) -> Problem:
    path, first, (line, column) = found
    name = ".".join(map(str, path))
    return Problem(line, column, f"“{name}”写了两次，第 {first} 行已经有了", "请删去一处")


def _not_toml(text: str, known: set[int]) -> list[Problem]:
    """Return tomllib's complaints about lines not yet complained about.

    tomllib stops at the first, so the line is blanked out and the rest read again.
    """
    lines = text.split("\n")
    for number in known:
        lines[number - 1] = ""
    problems: list[Problem] = []
    while len(problems) < _MOST_ERRORS:
        try:
            tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            problem = _in_words(str(error), lines)
            follows = problem.line in known or str(error).startswith("Cannot")
            if not (known and follows):
                problems.append(problem)
            if follows or "没有写完" in problem.what:
                return problems  # What comes of an open bracket is no mistake of its own.
            known = known | {problem.line}
            lines[problem.line - 1] = ""
        except ValueError:  # a number of thousands of digits; Python does not say where
            return [*problems, Problem(0, 0, "有的数字太长", "请写短些")]
        else:
            return problems
    return problems


def _in_words(message: str, lines: list[str]) -> Problem:
    place = re.search(r"line (\d+), column (\d+)", message)
    if place:
        line, column = int(place[1]), int(place[2])
    else:  # "at end of document"
        line = max((n for n, each in enumerate(lines, start=1) if each.strip()), default=1)
        column = 0
    if message.startswith("Illegal character '\\n'") and column == 0:
        line -= 1
    for sign, what, remedy in _WORDS:
        if sign in message:
            return Problem(line, column, what, remedy)
    return Problem(line, column, "这一行不合 TOML 的写法", "请检查等号、引号、括号和逗号")
