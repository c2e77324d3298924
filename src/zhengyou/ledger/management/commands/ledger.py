"""``zhengyou ledger verify`` and ``zhengyou ledger head``."""

import re
from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from zhengyou.ledger import queries, verification
from zhengyou.ledger.models import Head
from zhengyou.ledger.verification import Mark

_HEAD = re.compile(r"(\d+):([0-9a-f]{64})")


class Command(BaseCommand):
    help = "台账：verify 核对有没有被改动、删除或插入；head 显示现在和公布过的链头。"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="从第一条起核对整个台账；有问题时退出码为1")
        verify.add_argument(
            "--head",
            metavar="链头",
            help="另与这个链头核对：公示纸上的“编号:校验值”，或公布的日期如2026-10-16",
        )
        verbs.add_parser("head", help="显示现在的链头和最近公布的链头")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "head":
            self._show_heads()
        else:
            self._verify(self._paper(options["head"]))

    def _verify(self, paper: Mark | None) -> None:
        outcome = verification.verify(paper)
        if outcome.fault:
            self._fail(f"台账有问题：{outcome.fault.reason}最先出错的是第{outcome.fault.seq}条。")
        self.stdout.write(
            f"台账完好：共{outcome.checked}条，链头 {outcome.checked}:{outcome.digest}"
        )
        if paper:
            self.stdout.write(f"与{paper.source}（第{paper.seq}条）相符。")

    def _paper(self, text: str | None) -> Mark | None:
        """Read ``--head``: a printed head, or the day it was published on."""
        if text is None:
            return None
        plain = re.sub(r"\s", "", text).lower()
        if match := _HEAD.fullmatch(plain):
            return Mark(int(match[1]), match[2], "给出的链头")
        try:
            day = date.fromisoformat(plain)
        except ValueError:
            self._fail(f"看不懂链头“{text}”：要写成 编号:64位校验值，或2026-10-16这样的日期。")
        mark = verification.published_mark(day)
        if mark is None:
            self._fail(f"{day}没有公布过链头，或者公布的记录被删了。")
        return mark

    def _show_heads(self) -> None:
        head = Head.objects.filter(pk=Head.ONLY).first()
        self.stdout.write(f"现在 {head}" if head else "台账还是空的。")
        for published in queries.published_heads(7):
            self.stdout.write(str(published))

    def _fail(self, reason: str) -> NoReturn:
        self.stderr.write(reason)
        raise SystemExit(1)
