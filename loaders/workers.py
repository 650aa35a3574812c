"""Where work is done: in this process, in processes of this machine, or on the machines of a Dask cluster.

Each is a `Team`. A few items are under way at any time, so that memory does not grow with how many there are.
"""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import Any, Protocol, TypeVar

from graph.errors import ZerenError

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 3  # items under way for each worker
PATIENCE = 10.0  # seconds until a scheduler that does not answer is given up
SELDOM = 100_000, 50, 50  # thresholds of the collector; a document's facts are thousands of objects and never garbage


class Team(Protocol):
    """Somebody who does work."""

    def map(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | None]]:
        """What `work` gives for each item, in the order in which they are done; None: it took its worker down.

        What `work` raises is raised. `work`, items and results travel between processes.
        """
        ...

    def close(self) -> None:
        """Let everybody go; closing twice is harmless."""
        ...


class Here:
    """The process itself."""

    def map(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | None]]:
        """See `Team`."""
        for item in items:
            yield item, work(item)

    def close(self) -> None:
        """There is nobody to let go."""


class Processes:
    """Processes of this machine; they start with the first work and serve until `close`."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | None]]:
        """See `Team`."""
        waiting = iter(items)
        suspects: list[T] = []  # those that were under way when a worker went down
        running: dict[Future[R], T] = {}
        try:
            while True:
                self._pool = self._pool or _pool(self._count)
                try:
                    while len(running) < AHEAD * self._count and (item := next(waiting, None)) is not None:
                        running[self._pool.submit(work, item)] = item
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        result = future.result()
                        yield running.pop(future), result
                except BrokenProcessPool:
                    suspects += running.values()
                    running.clear()
                    self.close()
                while suspects:
                    yield _alone(work, suspects.pop(0))
        finally:
            for future in running:
                future.cancel()

    def close(self) -> None:
        """End the processes. What still waits is dropped."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _alone(work: Callable[[T], R], item: T) -> tuple[T, R | None]:
    """One item in a process of its own, so that it alone fails if it is what takes a worker down."""
    with _pool(1) as pool:
        try:
            return item, pool.submit(work, item).result()
        except BrokenProcessPool:
            return item, None


def _pool(count: int) -> ProcessPoolExecutor:
    # spawn: a forked process hangs once the engine has been opened
    return ProcessPoolExecutor(count, get_context("spawn"), _begin)


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the collector look for garbage seldom meanwhile; it takes a quarter of the time otherwise."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin() -> None:
    """A worker begins. It ends with its parent: else workers of a killed process wait for work for ever."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    if parent := parent_process():
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


class Cluster:
    """The workers of a Dask scheduler, `tcp://host:port`. Zeren must be installed on them, in the same version.

    Raises ZerenError when Dask is not installed here, the scheduler cannot be reached or has no workers.
    """

    def __init__(self, address: str) -> None:
        distributed = _distributed()
        try:
            self._client: Any = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ZerenError(
                f"No Dask scheduler answers at {address}: {error}", f"无法连接 {address} 的 Dask 调度器:{error}"
            ) from error
        self._threads = sum(self._client.nthreads().values())
        if not self._threads:
            self.close()
            raise ZerenError(f"The scheduler at {address} has no workers.", f"{address} 的调度器没有工作进程。")

    def map(self, work: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R | None]]:
        """See `Team`. What was on a worker that is lost is given to another; items that kill several are given up."""
        distributed = _distributed()
        waiting = iter(items)
        under_way: dict[Any, T] = {}
        done = distributed.as_completed(loop=self._client.loop)
        while True:
            while len(under_way) < AHEAD * self._threads and (item := next(waiting, None)) is not None:
                future = self._client.submit(work, item, pure=False)
                under_way[future] = item
                done.add(future)
            if not under_way:
                return
            future = next(done)
            item = under_way.pop(future)
            try:
                result = future.result()
            except distributed.KilledWorker:
                result = None
            yield item, result

    def close(self) -> None:
        """Leave the cluster; it stays as it is."""
        self._client.close()


def _distributed() -> Any:  # noqa: ANN401  (a module without types, and an extra)
    try:
        import distributed
    except ImportError:
        raise ZerenError(
            "Working on a cluster needs Dask: install zeren[dask].", "使用集群需安装 Dask:zeren[dask]。"
        ) from None
    return distributed


@contextmanager
def team(workers: int | str) -> Iterator[Team]:
    """So many processes of this machine (1: this one), or the cluster at an address."""
    found = Here() if workers == 1 else Cluster(workers) if isinstance(workers, str) else Processes(workers)
    try:
        yield found
    finally:
        found.close()
