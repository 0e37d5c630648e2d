from __future__ import annotations

from decimal import Decimal

import pytest

from docpipe_assets.vision import ModelSetupError, Usage, cost_usd

PRICES = {"a-model": (Decimal("0.15"), Decimal("0.60"))}


def test_a_call_costs_what_its_tokens_cost_to_the_last_digit() -> None:
    assert cost_usd(Usage(4001, 123), "a-model", PRICES) == Decimal("0.00067395")


def test_a_model_without_a_price_is_not_free() -> None:
    with pytest.raises(ModelSetupError, match="DOCPIPE_VISION_PRICES"):
        cost_usd(Usage(1, 1), "another-model", PRICES)
