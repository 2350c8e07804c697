"""The guard's ear for signals, in a process of its own, as it takes them from everybody else."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import asyncio, signal, threading, time
from feather_tui.ui.ending.device import Terminal
from feather_tui.ui.ending.guard import Guard

def tell_this_thread():
    time.sleep(0.2)  # by now the loop sleeps, as nothing is to be done
    signal.pthread_kill(threading.get_ident(), signal.SIGWINCH)

async def main():
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    signal.signal(signal.SIGWINCH, lambda *_: heard.set())
    guard = Guard(Terminal())
    guard.stirs = lambda: loop.call_soon_threadsafe(int)
    guard.watch()
    threading.Thread(target=tell_this_thread).start()
    await heard.wait()

asyncio.run(main())
print("heard")
"""


def test_a_signal_that_another_thread_was_told_of_is_heard_by_a_loop_that_sleeps() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=10, check=False
    )
    assert (ended.stdout, ended.returncode) == ("heard\n", 0), ended.stderr
