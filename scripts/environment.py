"""Makes .venv: ``scripts/install`` runs this with an interpreter that is new enough.

The packages come from wherever this machine's pip gets them. uv does the work, as it is ten times
faster, but it reads none of pip's configuration: :func:`uv_settings` hands it over. Where uv
cannot do it all the same, pip does. Every package is checked against the hash in its pin, so it
does not matter where it comes from.

Only the standard library here: nothing is installed yet.
"""

import ast
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "requirements"
VENV = ROOT / ".venv"
TOOLS = ROOT / ".uv"
STAMP = VENV / "zhengyou-installed"
LEVELS = ("base", "dev")
#: The interpreter behind .venv's, where it is .venv's that runs this: that one has pip.
PYTHON = str(getattr(sys, "_base_executable", None) or sys.executable)

#: pip's options, what uv calls them, and what joins several values.
NAMES = {
    "index-url": ("UV_DEFAULT_INDEX", ""),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", ""),
    "client-cert": ("SSL_CLIENT_CERT", ""),
    "proxy": ("ALL_PROXY", ""),
    "timeout": ("UV_HTTP_TIMEOUT", ""),
    "default-timeout": ("UV_HTTP_TIMEOUT", ""),
}
#: Habits of this machine's pip that would stand in our way.
PLAIN_PIP = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
    "PIP_REQUIRE_VIRTUALENV": "0",
    "PIP_USER": "0",
}


class Failed(Exception):
    """A step did not work; the text is for the user."""


def run(*command: str | Path, env: dict[str, str] | None = None) -> str:
    """Run ``command`` from the root and return what it printed.

    Raises:
        Failed: with what it printed, if it could not be run or did not end with 0.
    """
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    except OSError as problem:
        raise Failed(str(problem)) from problem
    if done.returncode:
        raise Failed(done.stdout.strip())
    return done.stdout


def works(*command: str | Path) -> bool:
    """Tell whether ``command`` runs and ends with 0."""
    try:
        run(*command)
    except Failed:
        return False
    return True


# --- where packages come from -------------------------------------------------------------------
def pip_settings(listing: str) -> dict[str, list[str]]:
    """Return pip's options from the output of ``pip config list``.

    pip lets the environment win over ``[install]``, and that over ``[global]``.
    """
    found: dict[str, dict[str, list[str]]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, option = key.partition(".")
        if section in found and value[:1] in {"'", '"'}:
            found[section][option] = str(ast.literal_eval(value)).split()
    return {**found["global"], **found["install"], **found[":env:"]}


def uv_settings(pip: dict[str, list[str]]) -> dict[str, str]:
    """Return the environment that makes uv fetch from where pip would."""
    env = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}
    for option, values in pip.items():
        if option in NAMES and values:
            name, joint = NAMES[option]
            env[name] = joint.join(values) if joint else values[0]
    if "UV_INDEX" in env:
        # As pip does it: all indexes count the same. The hashes see to it that this is safe.
        env["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in env.items() if name not in os.environ}


def find_pip() -> list[str | Path]:
    """Return the words that run pip: the interpreter's own, else one made by ``venv``."""
    own = TOOLS / "pip" / "bin" / "python"
    if works(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip"]
    if not works(own, "-m", "pip", "--version"):
        try:
            run(PYTHON, "-m", "venv", "--clear", TOOLS / "pip")
        except Failed as problem:
            raise Failed(
                f"{problem}\n{PYTHON} has neither pip nor a complete venv; on Debian and Ubuntu:\n"
                "    apt install python3-pip python3-venv"
            ) from problem
    return [own, "-m", "pip"]


def fetch_tool(name: str, folder: Path) -> None:
    """Put the tool of ``requirements/<name>.txt`` into ``folder``, unless that very one is there.

    Raises:
        Failed: pip is missing, or could not fetch it.
    """
    pins, mark = PINS / f"{name}.txt", folder / f"{name}.txt"
    if mark.exists() and mark.read_bytes() == pins.read_bytes():
        return
    print(f"Fetching {name} …", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    run(*find_pip(), "install", "--quiet", "--no-deps", "--require-hashes", "--target", folder,
        "-r", pins, env=PLAIN_PIP)  # fmt: skip
    shutil.copyfile(pins, mark)


def find_uv() -> Path | None:
    """Return a uv that runs: ours, else the machine's, else nothing."""
    ours = TOOLS / "uv" / "bin" / "uv"
    try:
        fetch_tool("uv", TOOLS / "uv")
        if works(ours, "--version"):
            return ours
    except Failed as problem:
        print(problem, file=sys.stderr)
    other = shutil.which("uv")
    return Path(other) if other else None


# --- .venv --------------------------------------------------------------------------------------
def stamp(level: str) -> str:
    """Return what describes .venv at ``level``: level, content and place."""
    content = Path(__file__).read_bytes() + (PINS / f"{level}.txt").read_bytes()
    return f"{level} {hashlib.sha256(content).hexdigest()} {ROOT}\n"


def installed() -> str:
    """Return the stamp of what is there, or nothing."""
    return STAMP.read_text() if STAMP.exists() else ""


def make_venv(uv: Path | None) -> None:
    """Make .venv anew, unless the one there runs and stands where it was made."""
    moved = bool(installed()) and not installed().endswith(f" {ROOT}\n")
    if works(VENV / "bin" / "python", "-c", "pass") and not moved:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if uv and works(uv, "venv", "--quiet", "--python", PYTHON, VENV):
        return
    run(PYTHON, "-m", "venv", "--without-pip", "--clear", VENV)


def install_packages(level: str, uv: Path | None, pip: dict[str, list[str]]) -> None:
    """Install what the pins of ``level`` say, by uv or else by pip."""
    pins, python = PINS / f"{level}.txt", VENV / "bin" / "python"
    offline = ["--no-index"] if pip.get("no-index", ["0"])[0].lower() in {"1", "true"} else []
    try:
        if uv:
            run(uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes",
                "--compile-bytecode", *offline, pins, env=uv_settings(pip))  # fmt: skip
            return
    except Failed as problem:
        print(f"{problem}\nuv could not do it; pip tries …", file=sys.stderr, flush=True)
    run(*find_pip(), "--python", python, "install", "--quiet", "--require-hashes", "-r", pins,
        env=PLAIN_PIP)  # fmt: skip


def install_ourselves() -> None:
    """Make ``import zhengyou`` and the ``zhengyou`` command work, straight from ``src``."""
    python = VENV / "bin" / "python"
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(packages, "zhengyou.pth").write_text(f"{ROOT / 'src'}\n")
    command = VENV / "bin" / "zhengyou"
    command.write_text(f'#!/bin/sh\nexec "{python}" -m zhengyou.site.cli "$@"\n')
    command.chmod(0o755)


def compile_ourselves() -> None:
    """Compile ``src`` ahead: three seconds less at each start where Python may not do it."""
    python = VENV / "bin" / "python"
    with suppress(Failed):  # a read-only folder; then it starts slowly
        run(python, "-m", "compileall", "-q", ROOT / "src")


def install(level: str) -> None:
    """Bring .venv to ``level`` (``base`` or ``dev``), never back from ``dev`` to ``base``.

    Raises:
        Failed: a step did not work.
    """
    if installed().startswith("dev "):
        level = "dev"
    if installed() == stamp(level):
        return
    pip = pip_settings(run(*find_pip(), "config", "list"))
    uv = find_uv()
    make_venv(uv)
    STAMP.unlink(missing_ok=True)
    print(f"Installing the packages of requirements/{level}.txt …", flush=True)
    install_packages(level, uv, pip)
    install_ourselves()
    STAMP.write_text(stamp(level))


def main(words: list[str]) -> None:
    """Do what the words after ``scripts/install`` say."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two makes at once: the second finds all done
        match words:
            case ["base" | "dev" as level]:
                install(level)
                compile_ourselves()
            case ["node"]:
                fetch_tool("node", TOOLS / "node")
            case ["uv", *rest] if uv := find_uv():
                pip = pip_settings(run(*find_pip(), "config", "list"))
                for option in ("extra-index-url", "find-links"):
                    pip.pop(option, None)  # pins must not depend on what one machine has besides
                os.execve(uv, [str(uv), *rest], {**os.environ, **uv_settings(pip)})
            case _:
                raise Failed("usage: scripts/install base|dev|node, or uv with uv's own words")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failed as failure:
        raise SystemExit(str(failure)) from failure
