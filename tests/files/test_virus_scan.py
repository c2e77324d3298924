"""A scan by clamd where one is set: no answer means no file."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile

pytestmark = pytest.mark.pure

EICAR_LIKE = b"INVENTED-VIRUS-FOR-TESTS"


class Clamd(socketserver.StreamRequestHandler):
    """Speaks the INSTREAM part of clamd's protocol."""

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.rfile.read(1)
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.seen.append(content)
        if self.server.limit and len(content) > self.server.limit:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        elif EICAR_LIKE in content:
            self.wfile.write(b"stream: Test.Invented.Virus FOUND\0")
        else:
            self.wfile.write(b"stream: OK\0")


def serve(server: socketserver.BaseServer) -> Iterator[socketserver.BaseServer]:
    server.seen, server.limit = [], 0
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path) -> Iterator[socketserver.BaseServer]:
    if request.param == "tcp":
        server: socketserver.BaseServer = socketserver.TCPServer(("127.0.0.1", 0), Clamd)
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
    else:
        settings.CLAMD_ADDRESS = str(tmp_path / "clamd.ctl")
        server = socketserver.UnixStreamServer(settings.CLAMD_ADDRESS, Clamd)
    yield from serve(server)


def test_a_clean_file_passes_after_all_of_it_was_seen(clamd, pdf, stored):
    large = pdf + b" " * 300_000
    receive(large, "方案.pdf")
    assert clamd.seen == [large]
    assert len(stored()) == 1


def test_a_virus_is_turned_down_and_not_kept(clamd, pdf, stored):
    with pytest.raises(BadFile, match="病毒"):
        receive(pdf + EICAR_LIKE, "方案.pdf")
    assert stored() == []


def test_an_error_of_the_daemon_lets_nothing_through(clamd, pdf, stored):
    clamd.limit = 10
    with pytest.raises(BadFile, match="没有完成"):
        receive(pdf, "方案.pdf")
    assert stored() == []


def test_a_daemon_out_of_reach_lets_nothing_through(settings, pdf, stored, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    for address in (f"127.0.0.1:{port}", str(tmp_path / "nobody.ctl"), "no port given"):
        settings.CLAMD_ADDRESS = address
        with pytest.raises(BadFile, match="连不上"):
            receive(pdf, "方案.pdf")
    assert stored() == []
