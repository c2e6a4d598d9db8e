"""Servers under measurement, each a tree of processes on a port of its own: started, weighed, timed and stopped."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

from bench.driver import Connection, get

TICK = os.sysconf("SC_CLK_TCK")
START, STOP = 30.0, 15.0
DAY = "2026-11-23"
# What Python compiles at a first start is kept for the next ones, as where anybody serves; beside the checkout, to leave no trace in it.
COMPILED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(gettempdir()) / "relais-bench-bytecode")}


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    port: int
    first_answer: float

    def pids(self) -> list[int]:
        """The process and all below it."""
        found = [self.process.pid]
        for pid in found:
            with suppress(OSError):
                found += [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        return found

    def cpu(self) -> float:
        """Seconds of processor used so far."""
        total = 0
        for pid in self.pids():
            with suppress(OSError):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / TICK

    def memory(self) -> float:
        """Proportional share of memory in MB."""
        total = 0
        for pid in self.pids():
            with suppress(OSError):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        return total / 1024

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def relais(var: Path, port: int, page: str, **environment: str) -> Iterator[Server]:
    """Relais as it is served to readers, on the database in `var`; its log goes to a file there."""
    command = [sys.executable, "-m", "relais", "serve", "--no-worker", "--port", str(port)]
    told = {"RELAIS_VAR": str(var), "RELAIS_TODAY": DAY, "RELAIS_BASE_URL": f"http://127.0.0.1:{port}", **environment}
    with (var / f"log-{port}").open("ab") as log, _running(command, told, port, page, log.fileno()) as server:
        yield server


@contextmanager
def bare(size: int, port: int) -> Iterator[Server]:
    """The bare page of `size` bytes, served in the same way."""
    served = "bench.bare:app", "--port", str(port), "--no-access-log", "--no-proxy-headers", "--no-server-header", "--log-level", "warning"
    command = [sys.executable, "-m", "uvicorn", *served]
    with _running(command, {"BARE_BYTES": str(size)}, port, "/page", subprocess.DEVNULL) as server:
        yield server


@contextmanager
def _running(command: list[str], told: dict[str, str], port: int, page: str, log: int) -> Iterator[Server]:
    began = time.perf_counter()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    process = subprocess.Popen(command, env=inherited | COMPILED | told, stdout=subprocess.DEVNULL, stderr=log)
    server = Server(process, port, 0.0)
    try:
        server.first_answer = _first_answer(process, port, page) - began
        yield server
    finally:
        server.stop()


def _first_answer(process: subprocess.Popen[bytes], port: int, page: str) -> float:
    """When the first whole page came."""
    until = time.perf_counter() + START
    while time.perf_counter() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server on port {port} ended with code {process.returncode}")
        with suppress(ConnectionError):
            connection = Connection(port)
            answer = connection.whole(get(page, port=port))
            connection.close()
            if answer.status != 200:
                raise RuntimeError(f"{page} answered {answer.status}")
            return time.perf_counter()
        time.sleep(0.005)
    raise RuntimeError(f"no answer on port {port} in {START:.0f} s")


def free_port(first: int) -> int:
    """The first free port from `first` on."""
    for port in range(first, first + 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError(f"no free port between {first} and {first + 99}")
