"""The command line: ``unspin`` and ``python -m unspin``."""

from __future__ import annotations

import signal
import sys

from . import _unspin


def main() -> int:
    """Does what the arguments ask for; returns 0, 1 or 2, as ``unspin --help`` tells them."""
    # The work is not Python's, so nothing would look whether somebody pressed Ctrl-C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _unspin.run(["unspin", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
