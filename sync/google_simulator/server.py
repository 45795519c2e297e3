"""The stand-in as a server: real HTTP/1.1 on loopback, its data in a folder, hooks under `/__sim/`."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from filelock import FileLock, Timeout

from followup import wording
from followup.errors import Refused
from sync.google_simulator import people, routes
from sync.google_simulator.book import new_book
from sync.google_simulator.drive import Drive, new_file_id
from sync.google_simulator.errors import ApiError
from sync.google_simulator.faults import HTML_502, Fault, Faults
from sync.google_simulator.tokens import EMAIL, TokenRefused, Tokens

TITLE = "客户跟进"


wording.add(
    {
        "hub.simulator_running": (
            "另一个程序正在用这份模拟的共享表格（{folder}）。",
            "Another program is serving the stand-in from {folder}.",
        ),
        "hub.simulator_running.hint": (
            "请等它运行完，或先关掉 genjin hub simulate，再试一次。",
            "Wait until it has finished, or stop genjin hub simulate first.",
        ),
    }
)


class Simulator:
    """A Google of one's own. `start()` serves in a thread; data stay in `data_dir` between runs.

    `base_url` is where it listens, `credentials` a service account's key file whose token_uri is the stand-in
    itself, `spreadsheet_id` a spreadsheet 客户跟进 that exists from the start and is shared with that account.
    """

    def __init__(self, data_dir: Path, port: int = 0) -> None:
        self.data_dir = Path(data_dir)
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(self.data_dir / "lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise Refused("hub.simulator_running", folder=str(self.data_dir)) from error
        self.drive = Drive(self.data_dir / "files")
        self.faults = Faults()
        self.log: deque[dict[str, Any]] = deque(maxlen=10_000)
        self.lock = threading.RLock()
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.simulator = self
        self._thread: threading.Thread | None = None
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.credentials = self.data_dir / "service_account.json"
        self.tokens = Tokens(self.credentials, self.base_url)
        self.spreadsheet_id = self._first_spreadsheet()
        (self.data_dir / "server.json").write_text(json.dumps(self.address), encoding="utf-8")

    @property
    def address(self) -> dict[str, str]:
        """What a client must know: base_url, credentials, spreadsheet_id."""
        return {
            "base_url": self.base_url,
            "credentials": str(self.credentials),
            "spreadsheet_id": self.spreadsheet_id,
        }

    @staticmethod
    def running(data_dir: Path) -> dict[str, str] | None:
        """The address of the stand-in that another process serves from this folder; None when nobody does."""
        lock = FileLock(Path(data_dir) / "lock", timeout=0)
        if not Path(lock.lock_file).exists():
            return None
        try:
            with lock:
                return None
        except Timeout:
            address: dict[str, str] = json.loads((Path(data_dir) / "server.json").read_text(encoding="utf-8"))
            return address

    def _first_spreadsheet(self) -> str:
        path = self.data_dir / "spreadsheet_id"
        if not path.exists():
            path.write_text(new_file_id(), encoding="utf-8")
        id = path.read_text(encoding="utf-8").strip()
        if id not in self.drive.books:
            self.drive.add(new_book(id, TITLE, "zh_CN", "Asia/Shanghai"), None)
            self.drive.permit(id, {"type": "user", "role": "writer", "emailAddress": EMAIL}, None)
        return id

    def start(self) -> Simulator:
        """Serve in a thread of its own."""
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="google-simulator", daemon=True
        )
        self._thread.start()
        return self

    def serve(self) -> None:
        """Serve here, until `stop` or an interrupt."""
        self._server.serve_forever()

    def stop(self) -> None:
        """Stop serving and close the port."""
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()
        self._lock.release()

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # ---- the hooks, also for tests in the same process

    def reset(self) -> None:
        """Every file goes, the first spreadsheet comes back empty; no faults, no log."""
        with self.lock:
            for id in list(self.drive.books):
                self.drive.forget(id)
            self._first_spreadsheet()
            self.faults.clear()
            self.log.clear()

    def fault(self, **given: Any) -> None:
        """Make the next matching request go wrong (see `faults.Fault`)."""
        self.faults.add(Fault(**given))

    def edit(self, **given: Any) -> None:
        """Let a person edit the shared sheet (see `people.edit`)."""
        with self.lock:
            id = given.pop("spreadsheet", self.spreadsheet_id)
            book = self.drive.book(id, None).copy()
            people.edit(book, given)
            self.drive.save(book)

    def hook(self, method: str, path: str, body: bytes) -> Any:
        """Answer a request under `/__sim/`."""
        given = json.loads(body) if body else {}
        if (method, path) == ("GET", "/__sim/log"):
            return {"requests": list(self.log)}
        match (method, path):
            case ("POST", "/__sim/reset"):
                self.reset()
            case ("POST", "/__sim/fault") if given.get("clear"):
                self.faults.clear()
            case ("POST", "/__sim/fault"):
                self.fault(**given)
            case ("POST", "/__sim/edit"):
                self.edit(**given)
            case ("POST", "/__sim/expire"):
                self.tokens.expire()
            case _:
                raise ApiError(404, "Not Found")
        return {}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    simulator: Simulator


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        pass  # /__sim/log is the log

    def _serve(self) -> None:
        self._began = time.perf_counter()
        simulator = self.server.simulator
        body = self._body()
        if urlsplit(self.path).path.startswith("/__sim/"):
            self._entry = None
            self._hook(urlsplit(self.path).path, body)
            return
        split = urlsplit(unquote(self.path))
        self._entry = {"method": self.command, "path": split.path, "query": split.query, "bytes_in": len(body)}
        self._answer(simulator, body, simulator.faults.take(f"{self.command} {unquote(self.path)}"))

    def _log(self, status: int, sent: int) -> None:
        """Before the answer leaves, so that whoever has it finds it in the log; status 0 is a cut connection."""
        if self._entry is not None:
            took = round((time.perf_counter() - self._began) * 1000, 1)
            entry = self._entry | {"status": status, "bytes_out": sent, "milliseconds": took}
            self.server.simulator.log.append(entry)

    def _answer(self, simulator: Simulator, body: bytes, fault: Fault | None) -> None:
        """Answer as the fault wants."""
        if fault and fault.delay:
            time.sleep(fault.delay)
        if fault and fault.edit:
            simulator.edit(**fault.edit)
        if fault and fault.drop != "after" and (fault.drop or (fault.status and not fault.applied)):
            self._fail(fault)
            return
        try:
            status, answer = self._done(simulator, body)
        except ApiError as error:
            status, answer = error.code, error.body()
        except TokenRefused as refusal:
            kind, text = refusal.args
            status, answer = 400, {"error": kind, "error_description": text}
        if fault and (fault.drop or fault.status):
            self._fail(fault)
        else:
            self._send(status, answer, {})

    def _done(self, simulator: Simulator, body: bytes) -> tuple[int, Any]:
        if urlsplit(self.path).path == "/token" and self.command == "POST":
            form = {name: held[-1] for name, held in parse_qs(body.decode()).items()}
            return 200, simulator.tokens.grant(form)
        with simulator.lock:
            caller = simulator.tokens.caller(self.headers.get("Authorization"))
            answer = routes.answer(simulator.drive, self.command, self.path, body, caller)
        return (200, answer) if answer is not None else (204, None)

    def _fail(self, fault: Fault) -> None:
        if fault.drop:
            self._log(0, 0)
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif fault.html:
            self._send(fault.status, HTML_502, fault.headers)
        else:
            self._send(fault.status, ApiError(fault.status, fault.message).body(), fault.headers)

    def _hook(self, path: str, body: bytes) -> None:
        try:
            self._send(200, self.server.simulator.hook(self.command, path, body), {})
        except ApiError as error:
            self._send(error.code, error.body(), {})
        except (TypeError, ValueError, KeyError) as error:
            self._send(400, ApiError(400, f"{type(error).__name__}: {error}").body(), {})

    def _body(self) -> bytes:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else b""
        return gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body

    def _send(self, status: int, answer: Any, headers: dict[str, str]) -> None:
        if answer is None:
            data, kind = b"", "text/html"
        elif isinstance(answer, str):
            data, kind = answer.encode(), "text/html; charset=UTF-8" if answer.startswith("<") else "text/csv"
        else:
            data = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
            kind = "application/json; charset=UTF-8"
        packed = len(data) > 1000 and "gzip" in self.headers.get("Accept-Encoding", "")
        if packed:
            data = gzip.compress(data, 1)
        self._log(status, len(data))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.wfile.flush()
