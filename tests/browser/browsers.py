"""The Chromium of all scenes: one, and another one when it was ended because it did not answer."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error

CLOSES_WITHIN = 30  # seconds; it takes a tenth of one


class Browsers:
    def __init__(self, launch: Callable[[], Browser]) -> None:
        self._launch = launch
        self._last: Browser | None = None

    def running(self) -> Browser:
        if self._last is None or not self._last.is_connected():
            self._last = self._launch()
        return self._last

    def close(self) -> None:
        with ended_when_stuck():
            if self._last is not None:
                self._last.close()


@contextmanager
def ended_when_stuck(within: float = CLOSES_WITHIN) -> Iterator[None]:
    """Around the closing of what is open. Now and then Chromium does not close, for no fault of ours: it is ended when it takes long."""
    stuck = threading.Event()

    def end() -> None:
        stuck.set()
        print(f"Chromium did not close within {within} s: it was ended.", file=sys.stderr)
        ours = subprocess.run(["pgrep", "-P", str(os.getpid())], check=False, capture_output=True, text=True)
        for driver in ours.stdout.split():
            subprocess.run(["pkill", "-KILL", "-P", driver, "-f", "remote-debugging-pipe"], check=False)

    timer = threading.Timer(within, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Error:
        if not stuck.is_set():
            raise
    finally:
        timer.cancel()
