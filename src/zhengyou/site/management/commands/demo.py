"""``zhengyou demo load|logins|export|reset``: invented data to try the product with."""

import shutil
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from zhengyou.kernel import clock
from zhengyou.people.models import Account, Organisation
from zhengyou.site.demo import export
from zhengyou.site.demo.story import LOGINS, PASSWORD, SEED, Story

OWN_FOLDERS = ("files", "imports", "progress")


class Command(BaseCommand):
    help = "演示数据：一个教育局的三所学校和一个乡的中心学校、约 160 人。人名、数字都是编的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the subcommands."""
        commands = parser.add_subparsers(dest="command", required=True)
        load = commands.add_parser("load", help="装入演示数据（数据库要是空的）")
        load.add_argument("--if-empty", action="store_true", help="库里已有数据就什么也不做")
        reset = commands.add_parser("reset", help="删掉全部数据，再装入演示数据")
        reset.add_argument("--yes", action="store_true", help="确实要删")
        for command in (load, reset):
            command.add_argument("--seed", type=int, default=SEED)
            command.add_argument("--anchor", type=date.fromisoformat, help="故事讲到哪天，默认今天")
        commands.add_parser("logins", help="列出演示账号")
        commands.add_parser("export", help="把全部数据按固定格式打印出来")

    def handle(self, *args: Any, command: str, **options: Any) -> None:
        """Run one of the subcommands."""
        getattr(self, f"_{command}")(**options)

    def _load(self, *, if_empty: bool = False, **options: Any) -> None:
        if Organisation.objects.exists():
            if if_empty:
                return
            raise CommandError("库里已经有数据，没有装入。要重来请用 make demo-reset（会先问您）。")
        self.stdout.write("正在装入演示数据，约半分钟……")
        Story(options.get("anchor") or clock.today(), options.get("seed") or SEED).play()

    def _reset(self, *, yes: bool, **options: Any) -> None:
        if not yes:
            raise CommandError("这会删掉全部数据。确定要删，请加 --yes。")
        call_command("flush", interactive=False, verbosity=0)
        for name in OWN_FOLDERS:
            shutil.rmtree(settings.VAR / name, ignore_errors=True)
        self._load(**options)

    def _logins(self, **options: Any) -> None:
        names = set(Account.objects.filter(closed_at=None).values_list("username", flat=True))
        rows = [row for row in LOGINS if row[0] in names]
        if not rows:
            return
        self.stdout.write(f"演示账号（口令都是 {PASSWORD}）：")
        for username, name, what in rows:
            self.stdout.write(f"  {username:<14}{name}  {what}")

    def _export(self, **options: Any) -> None:
        self.stdout.write(export.text())
