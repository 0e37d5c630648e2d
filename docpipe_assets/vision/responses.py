"""What a model is to answer, as the schemas it is held to. Descriptions are part of what it is told."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from docpipe_assets.scale import NotationKind
from docpipe_assets.vocabulary import Discipline, PageType

Confidence = Annotated[float, Field(ge=0, le=1, description="How sure the reading is, from 0 to 1.")]


class Place(BaseModel):
    """Where on the images something stands, in pixels of the image of that number, from its top left."""

    image: int = Field(description="The number of the image, from 1.")
    x: float
    y: float
    width: float
    height: float


class TextReading(BaseModel):
    """Words as they are written on the sheet."""

    value: str
    confidence: Confidence
    place: Place | None = Field(description="The box around the words; null if they cannot be placed.")


class DisciplineReading(BaseModel):
    """Who drew the sheet."""

    value: Discipline
    confidence: Confidence
    place: Place | None = Field(
        description="The box around what tells it; null if the sheet as a whole does."
    )


class PageTypeReading(BaseModel):
    """What the sheet mainly shows."""

    value: PageType
    confidence: Confidence
    place: Place | None = Field(
        description="The box around what tells it; null if the sheet as a whole does."
    )


class ScaleNote(BaseModel):
    """One scale as it is written."""

    text: str = Field(description="The note exactly as written, every quote, dash and fraction kept.")
    kind: NotationKind
    confidence: Confidence
    place: Place | None = Field(description="The box around the note alone; null if it cannot be placed.")


class ScaleReading(BaseModel):
    """The scales that are written on a sheet."""

    scales: list[ScaleNote] = Field(description="Empty if no scale is written.")


class SheetReading(BaseModel):
    """Who a sheet is, and the scales that are written on it."""

    sheet_number: TextReading | None = Field(description="Null if the sheet carries none.")
    sheet_title: TextReading | None = Field(description="Null if the sheet carries none.")
    discipline: DisciplineReading
    page_type: PageTypeReading
    scales: list[ScaleNote] = Field(description="Empty if no scale is written.")
