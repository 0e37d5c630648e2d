"""What a call of a vision model costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from docpipe_assets.vision.client import Usage
from docpipe_assets.vision.errors import ModelSetupError

PriceTable = Mapping[str, tuple[Decimal, Decimal]]
"""For each model its price in USD for a million input tokens and for a million output tokens."""

_MILLION: Final = 1_000_000


def cost_usd(usage: Usage, model: str, prices: PriceTable) -> Decimal:
    """What `usage` of `model` costs in USD, exactly. Raises `ModelSetupError` if its price is not known."""
    if model not in prices:
        raise ModelSetupError(
            f"The price of the vision model {model} is not known, so its calls cannot be accounted for; "
            "add the model to DOCPIPE_VISION_PRICES."
        )
    input_price, output_price = prices[model]
    return (usage.input_tokens * input_price + usage.output_tokens * output_price) / _MILLION
