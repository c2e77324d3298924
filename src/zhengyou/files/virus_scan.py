"""Asks a ClamAV daemon about a file, where one is set (``CLAMD_ADDRESS``)."""

import socket
import struct
from pathlib import Path

from zhengyou.files.bad_file import BadFile

_CHUNK = 1 << 16
_CONNECT_SECONDS = 5
_ANSWER_SECONDS = 60


def scan(path: Path, address: str) -> None:
    """Let a clean file pass; a file that cannot be scanned does not pass.

    Args:
        path: the content.
        address: ``host:port`` or the path of a Unix socket.

    Raises:
        BadFile: a virus was found, or the daemon is out of reach or refuses.
    """
    try:
        answer = _ask(path, address)
    except (OSError, ValueError):
        raise BadFile("病毒扫描服务连不上，文件没有收下。请稍后再传，或告诉系统管理员。") from None
    if answer.endswith("FOUND"):
        raise BadFile("文件里查出病毒，没有收下。请在自己的电脑上杀毒后再上传。")
    if answer != "stream: OK":
        raise BadFile("病毒扫描没有完成，文件没有收下。请稍后再传，或告诉系统管理员。")


def _ask(path: Path, address: str) -> str:
    """Send the file with clamd's INSTREAM command and return its one-line answer."""
    with _connect(address) as wire, path.open("rb") as content:
        wire.settimeout(_ANSWER_SECONDS)
        wire.sendall(b"zINSTREAM\0")
        while chunk := content.read(_CHUNK):
            wire.sendall(struct.pack("!L", len(chunk)) + chunk)
        wire.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (part := wire.recv(4096)):
            answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _connect(address: str) -> socket.socket:
    if "/" in address:
        wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        wire.settimeout(_CONNECT_SECONDS)
        try:
            wire.connect(address)
        except OSError:
            wire.close()
            raise
        return wire
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_CONNECT_SECONDS)
