"""Kills a process that writes facts, again and again, at any moment; the chain must stay whole.

Ends with 1 at the first round after which `zhengyou ledger verify` finds a fault.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 30
WRITER = """
import django, uuid
django.setup()
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import book
while True:
    with book.writing() as facts:
        for _ in range(5):
            facts.record("trial.write", by=book.SYSTEM, about=Ref("trial", uuid.uuid4()))
    print("wrote", flush=True)
"""
ZHENGYOU = Path(sys.executable).with_name("zhengyou")


def main() -> int:
    """Run all rounds."""
    subprocess.run([ZHENGYOU, "migrate", "--verbosity", "0"], check=True)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "zhengyou.site.settings"}
    for number in range(1, ROUNDS + 1):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER], env=environment, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(random.random())
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        said = subprocess.run([ZHENGYOU, "ledger", "verify"], capture_output=True, text=True)
        print(f"round {number}: {said.stdout.strip() or said.stderr.strip()}")
        if said.returncode:
            return 1
    print(f"{ROUNDS} kills, the chain is whole")
    return 0


if __name__ == "__main__":
    sys.exit(main())
