"""`python -m docpipe_assets.samples FOLDER` draws the sample plan sets."""

import sys
from pathlib import Path

from docpipe_assets.samples import draw_samples


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("Say which folder to draw into: python -m docpipe_assets.samples FOLDER\n")
        return 2
    for path in draw_samples(Path(arguments[0])):
        sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
