"""Small builders of page text: lettering placed on a sheet of paper, in inches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docpipe_assets.classification import Classification, classify_set, gather_evidence
from docpipe_assets.page_text import Box, PageText, TextBlock

DPI = 200.0
LETTER_WIDTH = 0.55
QUARTER_INCH = '1/4" = 1\'-0"'


class Paper:
    """A sheet of `width` x `height` inches that text is put on, `x` and `y` being its top left corner."""

    def __init__(self, width: float = 36, height: float = 24) -> None:
        self.width, self.height = width, height
        self._blocks: list[TextBlock] = []

    def put(self, text: str, x: float, y: float, size: float = 0.1, angle: int = 0) -> Paper:
        """Text that reads at `angle`; for 270, which reads upwards, `y` is its lower end."""
        length = LETTER_WIDTH * size * len(text)
        if angle == 270:
            box = Box(x, y - length, size, length)
        elif angle == 90:
            box = Box(x, y, size, length)
        else:
            box = Box(x, y, length, size)
        self._blocks.append(TextBlock(text, _pixels(box), angle=angle))
        return self

    def lines(self, texts: Iterable[str], x: float, y: float, size: float = 0.1, pitch: float = 1.3) -> Paper:
        for row, text in enumerate(texts):
            self.put(text, x, y + row * pitch * size, size)
        return self

    def table(
        self, rows: Sequence[Sequence[str]], x: float, y: float, column: float = 1.5, size: float = 0.1
    ) -> Paper:
        for row, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                self.put(cell, x + at * column, y + row * 3 * size, size)
        return self

    def page(self, turned: int = 0, confidence: float = 1.0) -> PageText:
        """The page; `turned` by 90 or 270 degrees clockwise, as a sheet that was scanned sideways."""
        width, height = self.width * DPI, self.height * DPI
        blocks = [TextBlock(b.text, b.box, (), b.angle, confidence) for b in self._blocks]
        if turned == 90:
            blocks = [
                _moved(b, Box(height - b.box.bottom, b.box.x, b.box.height, b.box.width), 90) for b in blocks
            ]
        elif turned == 270:
            blocks = [
                _moved(b, Box(b.box.y, width - b.box.right, b.box.height, b.box.width), 270) for b in blocks
            ]
        if turned:
            width, height = height, width
        return PageText(tuple(blocks), round(width), round(height), DPI)


def drawn(paper: Paper, *views: tuple[str, str], to: float = 0.7) -> Paper:
    """A drawing on the left of the paper: rooms, dimensions, bubbles, notes, and titled views below."""
    w, h = paper.width * to, paper.height
    for at, room in enumerate(["KITCHEN", "BEDROOM", "BATH", "LIVING ROOM", "CLOSET", "HALL"]):
        x, y = 1.5 + at * (w - 3) / 6, 2 + (at % 3) * (h - 8) / 3
        paper.put(room, x, y).put(f"10{at}", x + 0.1, y + 0.15)
        paper.put(f"{at + 9}'-{at + 2}\"", x + 1, y + 1).put(f"{at + 3}'-6\"", x, y + 1.5, angle=270)
        paper.put(str(at + 1), x + 0.18, y + 2.1).put("A-501", x, y + 2.25)
        paper.put(chr(65 + at), x, 0.5, 0.2).put(str(at + 1), 0.5, y, 0.2)
    paper.put("SEE PLAN", 2, 5).put("SEE A-301", 3, 6).put("TYP. DETAIL 3/A-501", 4, 7)
    paper.put("PROVIDE 2X6 BLOCKING AT ALL WALL MOUNTED EQUIPMENT", 2, 8)
    for at, (title, scale) in enumerate(views):
        x = 1.5 + at * (w - 2) / len(views)
        paper.put(str(at + 1), x - 0.5, h - 2.2, 0.2).put(title, x, h - 2.3, 0.16).put(scale, x, h - 2.0)
    return paper


def classify(*pages: PageText) -> list[Classification]:
    return classify_set([gather_evidence(page) for page in pages])


def identity(page: PageText) -> tuple[str | None, str | None]:
    """Number and title of a page that comes alone."""
    return named(classify(page)[0])


def named(found: Classification) -> tuple[str | None, str | None]:
    return (
        found.sheet_number.value if found.sheet_number else None,
        found.sheet_title.value if found.sheet_title else None,
    )


def _pixels(box: Box) -> Box:
    return Box(box.x * DPI, box.y * DPI, box.width * DPI, box.height * DPI)


def _moved(block: TextBlock, box: Box, turn: int) -> TextBlock:
    return TextBlock(block.text, box, (), (block.angle + turn) % 360, block.confidence)
