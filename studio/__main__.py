"""The one door: decides what to import before Qt or torch is."""

import sys


def main() -> None:
    """Open the window, run a command, or serve as a worker process."""
    if sys.argv[1:2] == ["--worker"]:
        from studio.engine.worker import serve

        sys.exit(serve())
    from studio.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
