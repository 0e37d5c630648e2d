"""Guarded child processes: where everything runs that a hostile or huge page can crash, hang or bloat.

A child has a limit on its memory and each call a limit on its time. Whatever happens in a child, the parent
gets a typed error for that one call, and the other calls go on. Children stay warm from call to call.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import importlib
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from docpipe_assets.errors import DocpipeError

if TYPE_CHECKING:
    from docpipe_assets.settings import Settings

K = TypeVar("K")
T = TypeVar("T")

_CALLS_PER_WORKER = 2
_ATTEMPTS = 2
_WATCH_S = 1.0
_GRACE_S = 5.0
_OUT_OF_MEMORY_EXIT = 200
_PR_SET_PDEATHSIG = 1
_M_ARENA_MAX = -8
_MEGABYTE = 1024 * 1024
_NEEDED_BY_EVERY_PAGE = ("cv2", "pymupdf", "docpipe_assets.stages.pages", "docpipe_assets.stages.ocr_results")

# What NumPy, OpenCV, OpenVINO and the dynamic linker say, under error types of their own.
_OUT_OF_MEMORY_WORDS = (
    "bad_alloc",
    "insufficient memory",
    "cannot allocate memory",
    "failed to allocate",
    "failed to map segment",
)


class ChildLost(DocpipeError):  # noqa: N818
    """A call ended without an answer, and with it the child that worked on it."""


class ChildTimedOut(ChildLost):
    """The call took longer than it may."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__(f"It took more than {timeout_s:g} seconds.")


class ChildOutOfMemory(ChildLost):
    """The call needed more memory than a child may take."""

    def __init__(self, memory_limit_mb: int) -> None:
        super().__init__(f"It needed more than {memory_limit_mb:,} MB of memory.")


class ChildCrashed(ChildLost):
    """The child ended by itself. `exit_code` is negative for a signal, and None where nobody knows it."""

    def __init__(self, exit_code: int | None) -> None:
        if exit_code is None:
            reason = "for no known reason"
        elif exit_code < 0:
            reason = f"by {signal.Signals(-exit_code).name}"
        else:
            reason = f"with exit code {exit_code}"
        super().__init__(f"The process that worked on it ended {reason}.")
        self.exit_code = exit_code


@dataclass(frozen=True, slots=True)
class Outcome(Generic[K, T]):
    """What became of one call: `error` is None and `value` its result, or `error` says why there is none."""

    key: K
    value: T | None = None
    error: Exception | None = None

    def result(self) -> T:
        """The value; raises the error if there is one."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class _Call(Generic[K]):
    key: K
    arguments: tuple[Any, ...]
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


class PagePool:
    """`workers` child processes, each of which may allocate `memory_limit_mb`.

    Children start with the first call or `start`, import the modules of `preload`, are replaced after
    `tasks_per_child` calls, and end with `close` or with the parent, however it ends. Only Linux enforces
    the memory limit. A pool belongs to one thread.
    """

    def __init__(
        self, workers: int, memory_limit_mb: int, tasks_per_child: int = 200, preload: tuple[str, ...] = ()
    ) -> None:
        self._workers = workers
        self._memory_limit_mb = memory_limit_mb
        self._tasks_per_child = tasks_per_child
        self._preload = preload
        self._children: Any = None
        self._starter: ThreadPoolExecutor | None = None
        self._mapping: Generator[Outcome[Any, Any], None, None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def run(self, function: Callable[..., T], *arguments: Any, timeout_s: float) -> T:
        """`function(*arguments)` in a child. Raises what it raises, or `ChildLost` of one of three kinds."""
        (outcome,) = self._outcomes(function, [(None, arguments)], timeout_s)
        return outcome.result()

    def map(
        self, function: Callable[..., T], calls: Iterable[tuple[K, tuple[Any, ...]]], timeout_s: float
    ) -> Generator[Outcome[K, T], None, None]:
        """`function(*arguments)` for each `(key, arguments)` of `calls`, in children, as they complete.

        `calls` are taken as children become free: at most two a worker are under way. `timeout_s` counts from
        a call's start in its child. Closing the iterator early, for which `contextlib.closing` serves, or
        starting another map, ends what is under way at once. The function, arguments and results are pickled.
        """
        if self._mapping is not None:
            self._mapping.close()
        self._mapping = self._outcomes(function, calls, timeout_s)
        return self._mapping

    def start(self) -> None:
        """Start the children now, so that the first call finds them warm."""
        self._running()

    def close(self) -> None:
        """End the children and whatever they work on. A later call starts new ones."""
        children, self._children = self._children, None
        if children is not None:
            children.stop()
            children.join()
        if self._starter is not None:
            self._starter.shutdown()
            self._starter = None

    def _outcomes(
        self, function: Callable[..., T], calls: Iterable[tuple[K, tuple[Any, ...]]], timeout_s: float
    ) -> Generator[Outcome[K, T], None, None]:
        waiting = (_Call(key, arguments) for key, arguments in calls)
        under_way: dict[Future[Any], _Call[K]] = {}
        done: queue.SimpleQueue[Future[Any]] = queue.SimpleQueue()

        def start(call: _Call[K]) -> None:
            future = self._running().schedule(
                _in_child, args=(function, call.arguments, timeout_s), timeout=timeout_s
            )
            under_way[future] = call
            future.add_done_callback(done.put)

        try:
            while True:
                while len(under_way) < _CALLS_PER_WORKER * self._workers and (call := next(waiting, None)):
                    start(call)
                if not under_way:
                    return
                try:
                    future = done.get(timeout=_WATCH_S)
                except queue.Empty:
                    if self._children is None or not self._children.active:
                        # The pool broke before it took these calls: they fail here and start again below.
                        for stranded in list(under_way):
                            stranded.cancel()
                    continue
                call = under_way.pop(future)
                try:
                    outcome = self._outcome(call.key, future, timeout_s)
                except (CancelledError, BrokenProcessPool):
                    if call.attempt < _ATTEMPTS:
                        start(_Call(call.key, call.arguments, call.attempt + 1))
                        continue
                    outcome = Outcome(call.key, error=ChildCrashed(None))
                yield outcome
        finally:
            if under_way:
                self.close()

    def _outcome(self, key: K, future: Future[Any], timeout_s: float) -> Outcome[K, Any]:
        from pebble import ProcessExpired

        error: Exception
        try:
            value = future.result()
        except TimeoutError:
            error = ChildTimedOut(timeout_s)
        except ProcessExpired as expired:
            error = self._loss(expired.exitcode, timeout_s)
        except (pickle.PicklingError, AttributeError, TypeError) as unsendable:
            error = unsendable
        else:
            if not isinstance(value, _Raised):
                return Outcome(key, value)
            error = value.error
        return Outcome(key, error=error)

    def _loss(self, exit_code: int, timeout_s: float) -> ChildLost:
        if exit_code == _OUT_OF_MEMORY_EXIT:
            return ChildOutOfMemory(self._memory_limit_mb)
        if exit_code == -signal.SIGALRM:
            return ChildTimedOut(timeout_s)
        return ChildCrashed(exit_code)

    def _running(self) -> Any:
        """The running pebble pool; a new one in place of one that broke."""
        if self._children is not None and self._children.active:
            return self._children
        from pebble import ProcessPool

        self.close()
        self._children = ProcessPool(
            max_workers=self._workers,
            max_tasks=self._tasks_per_child,
            initializer=_become_child,
            initargs=(self._memory_limit_mb, self._preload),
            context=_LeanSpawn(),
        )
        # Linux ends a child with the thread that started it, so that thread must last as long as the pool.
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-pool")
        children = self._children
        self._starter.submit(lambda: children.active).result()
        return children


class _LeanSpawn(SpawnContext):
    """Spawned children that do not import the parent's main module.

    That module is the whole worker or command line: seconds and a hundred megabytes for each child, which
    needs none of it. In return a function of the main module cannot be called in a child.
    """

    class Process(SpawnProcess):
        @staticmethod
        def _Popen(process_obj: BaseProcess) -> Any:  # noqa: N802
            main = sys.modules["__main__"]
            sys.modules["__main__"] = ModuleType("__main__")
            try:
                return SpawnProcess._Popen(process_obj)
            finally:
                sys.modules["__main__"] = main


def shared_pool(settings: Settings) -> PagePool:
    """The pool of this process, warm from document to document; closing it ends its children."""
    return _pool_of_process(page_workers(settings), settings.page_memory_mb)


def page_workers(settings: Settings) -> int:
    """How many child processes work on pages: as the settings say, else one for each core."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return settings.page_workers or cores


@cache
def _pool_of_process(workers: int, memory_limit_mb: int) -> PagePool:
    return PagePool(workers, memory_limit_mb, preload=_NEEDED_BY_EVERY_PAGE)


def _become_child(memory_limit_mb: int, preload: tuple[str, ...]) -> None:
    # Python would act on SIGTERM only after the C code in hand, which may never end.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    if sys.platform == "linux":
        _end_with_parent()
        _limit_memory(memory_limit_mb)
    for module in preload:
        importlib.import_module(module)


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
    parent = multiprocessing.parent_process()
    if parent is None or os.getppid() != parent.pid:
        os._exit(1)


def _limit_memory(memory_limit_mb: int) -> None:
    """Limit what the process allocates: its heap and private mappings, not the libraries mapped into it.

    A limit on the address space would also count what is reserved and never used, which is twice as much
    once OpenVINO has started its threads.
    """
    import resource

    # glibc gives each thread an arena of its own otherwise, and none gives back what it has.
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limit = memory_limit_mb * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (limit if hard < 0 else min(limit, hard), hard))


def _in_child(function: Callable[..., Any], arguments: tuple[Any, ...], timeout_s: float) -> Any:
    """Runs in the child: the function's result, or what it raised."""
    # The parent enforces the time limit. Should it be gone, and with it the limit, the kernel does.
    signal.setitimer(signal.ITIMER_REAL, timeout_s + _GRACE_S)
    try:
        return function(*arguments)
    except Exception as error:  # noqa: BLE001
        if _is_out_of_memory(error):
            # What is left of this process is not to be trusted with another page.
            os._exit(_OUT_OF_MEMORY_EXIT)
        error.add_note("In the child process:\n" + traceback.format_exc())
        return _Raised(_sendable(error))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _is_out_of_memory(error: BaseException) -> bool:
    """Whether memory ran out, in whatever way the library at work says so."""
    for link in _causes(error):
        if isinstance(link, MemoryError) or (isinstance(link, OSError) and link.errno == errno.ENOMEM):
            return True
        said = str(link).lower()
        if any(words in said for words in _OUT_OF_MEMORY_WORDS):
            return True
    return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__


def _sendable(error: Exception) -> Exception:
    """The error, or its text where it does not survive the way to the parent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001
        told = RuntimeError(f"{type(error).__name__}: {error}")
        told.__notes__ = error.__notes__
        return told
    return error
