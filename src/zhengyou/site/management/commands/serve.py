"""``zhengyou serve``: the whole product in one command, until Ctrl-C."""

import sys
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from zhengyou.site import prepare
from zhengyou.site.serve import Company, answers, port_is_free


class Command(BaseCommand):
    help = "启动网站和后台任务，按 Ctrl-C 一起停止。"
    requires_system_checks = []  # `make check` does them; here they cost a second of each start

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--host``, ``--port``, ``--workers``, ``--threads``, ``--prepare``, ``--demo``."""
        parser.add_argument("--host", default="127.0.0.1", help="监听的地址，默认只限本机")
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
        parser.add_argument("--workers", type=int, default=1, help="网站进程数，默认 1")
        parser.add_argument("--threads", type=int, default=4, help="每个进程的线程数，默认 4")
        parser.add_argument("--prepare", action="store_true", help="先做 prepare 的事")
        parser.add_argument("--demo", action="store_true", help="数据库是空的就装入演示数据")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare what was asked for, then run server, worker and tick together."""
        host, port = options["host"], options["port"]
        if not port_is_free(host, port):
            raise CommandError(f"端口 {port} 已经被占用。换一个，例如：make run PORT={port + 1}")
        if options["prepare"]:
            for line in prepare.run():
                self.stdout.write(line)
        if options["demo"]:
            call_command("demo", "load", "--if-empty", stdout=self.stdout)
        connections.close_all()
        company = Company(
            server=self._server(host, port, options["workers"], options["threads"]),
            worker=self._zhengyou("db_worker", "--no-reload", "--verbosity", "0"),
            tick=self._zhengyou("tick"),
            ready=lambda: answers(host, port),
        )
        self.stdout.flush()
        problem = company.run(lambda: self._greet(port, options["demo"]))
        if problem:
            raise CommandError(problem)

    def _zhengyou(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "zhengyou.site.cli", *words]

    def _server(self, host: str, port: int, workers: int, threads: int) -> list[str]:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
        command += ["--host", host, "--port", str(port), "--log-level", "warning"]
        command += ["--no-access-log"]  # the public writes without a name; docs/operations.md
        command += ["--workers", str(workers), "--blocking-threads", str(threads)]
        # One process that dies is replaced; one that hangs does not keep the rest from ending.
        command += ["--respawn-failed-workers", "--workers-kill-timeout", "15"]
        return [*command, "zhengyou.site.wsgi:application"]

    def _greet(self, port: int, demo: bool) -> None:
        self.stdout.write(f"\n争优已经启动：http://localhost:{port}\n")
        if demo:
            call_command("demo", "logins", stdout=self.stdout)
        self.stdout.write("按 Ctrl-C 停止。\n")
        self.stdout.flush()
