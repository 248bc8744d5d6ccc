"""Runs a Pulumi program: `run_program.py SETTINGS FOLDER ENTRY_POINT [ARGUMENT ...]`.

The language plugin starts this file with the Python of the program's own virtual environment. So it stands
alone: nothing but the standard library and the Pulumi SDK found there.
"""

import asyncio
import json
import logging
import os
import runpy
import signal
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import NoReturn

MESSAGE_SHOWN = 32
"""The exit code that says: the user has seen already what is wrong."""

FAILED = 1

THREADS_PER_OPERATION = 4


def main() -> NoReturn:
    """Run the program as if Python had been started on it, joined to the engine."""
    settings, folder, entry_point, *arguments = sys.argv[1:]
    try:
        import pulumi.runtime  # noqa: PLC0415 - only now are interrupts quiet
    except ImportError:
        traceback.print_exc()
        print(  # noqa: T201 - there is no engine yet to log to
            "\nThe Pulumi SDK is not installed where the program runs. Install it with:\n"
            f"  {sys.executable} -m pip install -r requirements.txt",
            file=sys.stderr,
        )
        sys.exit(FAILED)
    pulumi.runtime.set_all_config(
        pulumi.runtime.get_config_env(), pulumi.runtime.get_config_secret_keys_env()
    )
    told = json.loads(settings)
    pulumi.runtime.configure(pulumi.runtime.Settings(**told))
    os.chdir(folder)
    sys.argv = [entry_point, *arguments]
    code = run(entry_point, parallel=max(told["parallel"], 1))
    sys.stdout.flush()
    sys.stderr.flush()
    sys.exit(code)


def run(entry_point: str, *, parallel: int) -> int:
    """Run the program; returns the exit code that tells the language plugin how it went."""
    import pulumi.runtime  # noqa: PLC0415 - as above

    program = Path(entry_point).resolve()
    if program.is_dir():
        program /= "__main__.py"
        if not program.is_file():
            pulumi.log.error(f"unable to find main python program `__main__.py` in `{program.parent}`")
            return MESSAGE_SHOWN
    # Resources left waiting when a program fails are no fault of the program's asyncio.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    threads = ThreadPoolExecutor(max_workers=parallel * THREADS_PER_OPERATION)
    loop.set_default_executor(threads)

    def run_as_main() -> None:
        runpy.run_path(entry_point, run_name="__main__")

    sys.unraisablehook = _report_unraisable
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(run_as_main))
    except KeyboardInterrupt:
        # The engine has ended the run: there is nothing to say, and nobody to wait for.
        _leave_quietly(signal.SIGINT, None)
    except pulumi.RunError as error:
        pulumi.log.error(str(error))
        return FAILED
    except Exception as error:  # noqa: BLE001 - whatever the program lets through is shown to its author
        trace = "".join(_trace_from(program, error))
        pulumi.log.error(f"Program failed with an unhandled exception:\n{trace}")
        return MESSAGE_SHOWN
    finally:
        threads.shutdown(wait=True)
        loop.close()
    return 0


def _trace_from(program: Path, error: Exception) -> list[str]:
    """The traceback without what stands above the program's own first frame."""
    told = traceback.TracebackException.from_exception(error)
    for index, frame in enumerate(told.stack):
        if Path(frame.filename).resolve() == program:
            told.stack = traceback.StackSummary.from_list(told.stack[index:])
            break
    return list(told.format())


def _report_unraisable(unraisable: "sys.UnraisableHookArgs") -> None:
    """Leave at an interrupt that came where Python lets nothing be raised, such as in a destructor."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        _leave_quietly(signal.SIGINT, None)
    sys.__unraisablehook__(unraisable)


def _leave_quietly(_signal: int, _frame: FrameType | None) -> NoReturn:
    os._exit(FAILED)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, _leave_quietly)
    main()
