"""``zhengyou prepare``: after an installation or an upgrade, before the product is started."""

from typing import Any

from django.core.management.base import BaseCommand

from zhengyou.site import prepare


class Command(BaseCommand):
    help = "把数据库和页面文件准备到当前版本。可以反复运行，从不删除数据。"
    requires_system_checks = []  # `make check` does them; here they cost a second of each start

    def handle(self, *args: Any, **options: Any) -> None:
        """Run :func:`zhengyou.site.prepare.run` and say what was done."""
        for line in prepare.run():
            self.stdout.write(line)
