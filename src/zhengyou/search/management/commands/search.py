"""``zhengyou search mend | rebuild``: what can be found is what there is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhengyou.search import index


class Command(BaseCommand):
    help = "搜索用的索引：mend 逐条核对、改正；rebuild 全部重建。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=["mend", "rebuild"], help="mend 核对，rebuild 重建")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many entries were touched."""
        if options["what"] == "mend":
            self.stdout.write(f"核对完了，改正 {index.mend()} 条")
        else:
            self.stdout.write(f"重建完了，共 {index.rebuild()} 条")
