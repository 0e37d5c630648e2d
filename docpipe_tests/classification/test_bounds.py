"""Evidence stays small and quick however dense the page."""

import pickle
import random
import time

from docpipe_assets.classification import gather_evidence
from docpipe_assets.page_text import Box, PageText, TextBlock

WORDS = [
    "A-101",
    "SEE",
    "PLAN",
    "12'-6\"",
    "TYP.",
    "DETAIL",
    "3/A-501",
    "NO.",
    "DATE",
    "SCALE",
    "101",
    "KITCHEN",
]


def dense(words: int, per_line: int) -> PageText:
    pick = random.Random(7)
    blocks = []
    for _ in range(words // per_line):
        text = " ".join(pick.choice(WORDS) + str(pick.randrange(99)) for _ in range(per_line))
        blocks.append(TextBlock(text, Box(pick.uniform(0, 8000), pick.uniform(0, 6000), 20 * len(text), 34)))
    return PageText(tuple(blocks), 8400, 6000, 200.0)


def test_small_and_quick_at_five_thousand_words() -> None:
    for per_line in (1, 4):
        page = dense(5000, per_line)
        start = time.process_time()
        evidence = gather_evidence(page)
        assert time.process_time() - start < 0.9
        assert len(pickle.dumps(evidence)) < 50_000


def test_a_long_index_stays_small() -> None:
    blocks = [TextBlock("SHEET INDEX", Box(100, 50, 400, 40))]
    for at in range(400):
        x, y = 100 + 2000 * (at // 100), 120 + 50 * (at % 100)
        blocks.append(TextBlock(f"A-{at + 100}", Box(x, y, 120, 30)))
        blocks.append(TextBlock(f"ENLARGED FLOOR PLAN OF UNIT {at}", Box(x + 200, y, 700, 30)))
    evidence = gather_evidence(PageText(tuple(blocks), 8400, 6000, 200.0))
    assert len(evidence.index) == 250
    assert len(pickle.dumps(evidence)) < 50_000
