"""How much memory this process has taken, for whoever runs it."""

import resource
import sys


def memory() -> int:
    """MB at most, so far."""
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken // (1024 * 1024 if sys.platform == "darwin" else 1024)
