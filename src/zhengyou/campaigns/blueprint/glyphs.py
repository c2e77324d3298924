"""The signs a Chinese keyboard slips in: “ ” ＝ ， 【 】 where TOML wants " = , [ ].

TOML's own message for them is of no help to a clerk, so they are looked for first, outside of
quoted texts and comments, where they belong.
"""

import re
from collections.abc import Iterator

from zhengyou.campaigns.blueprint.problem import Problem

_MEANT = {
    **dict.fromkeys("“”„＂‘’＇「」『』《》", '"'),
    **dict.fromkeys("＝：", "="),
    **dict.fromkeys("，、；", ","),
    **dict.fromkeys("【［〔", "["),
    **dict.fromkeys("】］〕", "]"),
    "｛": "{",
    "｝": "}",
    **dict.fromkeys("。．", "."),
    "＃": "#",
    **dict.fromkeys("（）", "删去"),
    **dict.fromkeys("—－", "-"),
    "＿": "_",
    "\u3000": "空格",
    "\u00a0": "空格",
}
_MEANT |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
_NAMES = (
    ('"', "中文引号"),
    ("=", "中文等号或冒号"),
    (",", "中文逗号、顿号或分号"),
    ("[]", "中文方括号"),
    ("{}", "中文花括号"),
    (".", "中文句号"),
    ("#", "全角井号"),
    ("-", "中文破折号"),
    ("空格", "全角空格"),
    ("删去", "中文圆括号"),
)

_QUOTED = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|' r"'''.*?'''|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'|" r"#[^\n]*",
    re.DOTALL,
)


def wrong_signs(text: str) -> list[Problem]:
    """Return a problem for each line with signs that TOML does not know, or an open quote."""
    bare = _QUOTED.sub(_blank, text)
    return [
        problem
        for number, line in enumerate(bare.split("\n"), start=1)
        for problem in _problems(number, line)
    ]


def _blank(match: re.Match[str]) -> str:
    """Keep the lines, drop what may stand in them."""
    return re.sub(r"[^\n]", " ", match[0])


def _problems(number: int, line: str) -> Iterator[Problem]:
    found = [(place, sign) for place, sign in enumerate(line, start=1) if sign in _MEANT]
    quote = re.search(r"[\"']", line)
    if quote and any(sign in "“”‘’＂" for _, sign in found):
        yield Problem(
            number, quote.start() + 1, "引号一头是英文的、一头是中文的", '请两头都用英文引号 "…"'
        )
    elif quote:
        yield Problem(number, quote.start() + 1, "引号没有配对", '请在文字后面补上英文引号 "')
    elif found:
        meant = list(dict.fromkeys(_MEANT[sign] for _, sign in found))
        names = "和".join(dict.fromkeys(map(_name, meant)))
        yield Problem(number, found[0][0], f"引号外面用了{names}", _remedy(meant))
    else:
        yield from _bare_words(number, line)


def _name(meant: str) -> str:
    """Return what the sign that stands for ``meant`` is called."""
    return next((name for signs, name in _NAMES if meant in signs), "全角字母或数字")


def _remedy(meant: list[str]) -> str:
    typed = [sign for sign in meant if sign not in ("删去", "空格")]
    words = [f"改成英文输入法的 {' '.join(typed)}"] if typed else []
    words += ["改成半角空格"] if "空格" in meant else []
    words += ["删去圆括号，说明的话写在 # 后面"] if "删去" in meant else []
    return f"请{'，'.join(words)}"


def _bare_words(number: int, line: str) -> Iterator[Problem]:
    words = re.search(r"[^\x00-\x7f]+", line)
    if not words:
        return
    before, equals, _ = line.partition("=")
    if equals and words.start() > len(before):
        yield Problem(number, words.start() + 1, f"“{words[0]}”没有引号", f'请写成 "{words[0]}"')
    else:
        yield Problem(
            number,
            words.start() + 1,
            f"“{words[0]}”不能当栏目名",
            "等号左边和方括号里要用英文的栏目名，中文写在等号右边的引号里",
        )
