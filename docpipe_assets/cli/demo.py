"""`docpipe demo`."""


def demo() -> None:
    """Process sample plan sets and show what comes of it."""
