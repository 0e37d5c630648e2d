"""Which ratio the dimensions of a page agree on, and how much of that chance alone would give.

Every text has a few lines that may be its own. The right ones all give one ratio of drawn length to value, the
wrong ones scatter. The same vote over the same lines with values moved at random shows what scatter can do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from docpipe_assets.measuring.dimension_lines import Hypothesis
from docpipe_assets.measuring.values import DimensionText

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_READING: Final = 0.001
"""Relative error of a drawn length that is not one of its ends."""
_WIDEST: Final = 0.025
"""Dimensions that are known less exactly than this do not vote."""
_ROUNDED: Final = 0.008
"""Offices round what they write: so far off a dimension still speaks for a ratio ..."""
_ROUNDED_WORTH: Final = 0.3
"""... with this part of its weight."""
_MOST_HYPOTHESES: Final = 600
_TRIALS: Final = 8
_SEED: Final = 7
_SHIFT: Final = 0.9
"""Values are moved at random by up to this factor's natural logarithm, up or down."""
_SCORES: Final = (1.5, 4.5)
"""Scores from which a hypothesis has any weight, and all of it."""
_SECOND: Final = 0.6
"""What a hypothesis is worth that is not the likeliest of its text."""
_STRONG: Final = 0.9
_SAME_VALUE: Final = 0.004
_MOST_SCALES: Final = 6
_MOST_FAINT: Final = 3
_STANDS_OUT: Final = 1.7
_BEYOND_CHANCE: Final = 0.6
_LEAST_SUPPORT: Final = 2.6
_LEAST_VALUES: Final = 4
_FAINT_SUPPORT: Final = 1.4
"""Less than this is not even kept to confirm what is known from elsewhere."""
_LEAST_STRONG: Final = 3
"""Different values on lines that are well marked at both ends and have their text in the middle ..."""
_MOST_OF_STRONG: Final = 0.6
"""... prove a ratio, if this part of all such lines on the page agrees."""
_LEAST_RANGE: Final = 1.4
"""Largest over smallest of the values that agree: equal bays and equal cells prove nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Hypotheses, one a text, that agree: `scale` is drawn pixels for one of what the texts count."""

    scale: float
    spread: float
    support: float
    chance: float
    reliable: bool
    members: tuple[Hypothesis, ...]


def agreements(
    texts: Sequence[DimensionText], hypotheses: Sequence[Hypothesis], error_px: float
) -> list[Agreement]:
    """The ratios that texts of one family agree on, the best supported first; each text speaks for one."""
    import numpy as np

    ballot = _Ballot.of(texts, hypotheses, error_px)
    found: list[Agreement] = []
    random = np.random.default_rng(_SEED)
    while (
        len(found) < _MOST_SCALES
        and sum(not agreement.reliable for agreement in found) < _MOST_FAINT
        and len(ballot.hypotheses) >= 2
    ):
        support, centre = ballot.winner(ballot.logs)
        if support < _FAINT_SUPPORT:
            break
        chance = ballot.by_chance(random)
        agreement = ballot.agreement(centre, support, chance)
        if agreement is None:
            break
        found.append(agreement)
        ballot = ballot.without({member.text for member in agreement.members})
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Ballot:
    """Hypotheses in the order of their texts, with what each gives (`logs`), how exactly, and its weight."""

    texts: Sequence[DimensionText]
    hypotheses: list[Hypothesis]
    logs: Floats
    exact: Floats
    weights: Floats

    @classmethod
    def of(cls, texts: Sequence[DimensionText], hypotheses: Sequence[Hypothesis], error_px: float) -> _Ballot:
        import numpy as np

        rows = []
        for hypothesis in hypotheses:
            text = texts[hypothesis.text]
            exact = _READING + 2 * error_px / hypothesis.drawn_px + text.slack / text.value
            if exact <= _WIDEST:
                rows.append((hypothesis, np.log(hypothesis.drawn_px / text.value), exact))
        rows = sorted(rows, key=lambda row: -row[0].score)[:_MOST_HYPOTHESES]
        rows.sort(key=lambda row: row[0].text)
        likeliest: dict[int, float] = {}
        for hypothesis, _, _ in rows:
            likeliest[hypothesis.text] = max(hypothesis.score, likeliest.get(hypothesis.text, 0.0))
        weights = [_weight(hypothesis.score, likeliest[hypothesis.text]) for hypothesis, _, _ in rows]
        return cls(
            texts,
            [hypothesis for hypothesis, _, _ in rows],
            np.array([log for _, log, _ in rows], dtype=np.float64),
            np.array([exact for _, _, exact in rows], dtype=np.float64),
            np.array(weights, dtype=np.float64),
        )

    def without(self, gone: set[int]) -> _Ballot:
        keep = [place for place, hypothesis in enumerate(self.hypotheses) if hypothesis.text not in gone]
        return _Ballot(
            self.texts,
            [self.hypotheses[place] for place in keep],
            self.logs[keep],
            self.exact[keep],
            self.weights[keep],
        )

    def winner(self, logs: Floats) -> tuple[float, float]:
        """The best support of any ratio and the logarithm of that ratio.

        A text speaks with its best hypothesis, texts of one value with the root of their sum.
        """
        import numpy as np

        # A column is a candidate ratio: the one that its hypothesis gives.
        off = np.abs(logs[:, None] - logs[None, :])
        exact = np.maximum(self.exact[:, None], self.exact[None, :])
        worth = np.where(off <= exact, 1 / (1 + (off / (0.7 * exact)) ** 2), 0.0)
        votes = np.where(off <= _ROUNDED, np.maximum(worth, _ROUNDED_WORTH), worth) * self.weights[:, None]
        of_text = np.array([hypothesis.text for hypothesis in self.hypotheses])
        starts = np.flatnonzero(np.diff(of_text, prepend=-1))
        by_text = np.maximum.reduceat(votes, starts, axis=0)
        values = np.array([self.texts[index].value for index in of_text[starts]])
        order = np.argsort(values, kind="stable")
        groups = np.flatnonzero(np.diff(np.log(values[order]), prepend=-1e9) > _SAME_VALUE)
        by_value = np.sqrt(np.add.reduceat(by_text[order], groups, axis=0))
        support = by_value.sum(axis=0)
        place = int(support.argmax())
        return float(support[place]), float(logs[place])

    def by_chance(self, random: np.random.Generator) -> float:
        """The best support that the same lines give to values moved at random: near the worst of some trials."""
        import numpy as np

        of_text = np.array([hypothesis.text for hypothesis in self.hypotheses])
        most = 0.0
        for _ in range(_TRIALS):
            shift = random.uniform(-_SHIFT, _SHIFT, len(self.texts))
            most = max(most, self.winner(self.logs + shift[of_text])[0])
        return most

    def agreement(self, centre: float, support: float, chance: float) -> Agreement | None:
        """The hypotheses at the winning ratio, which their weighted median refines."""
        import numpy as np

        for reach in (np.maximum(self.exact, _ROUNDED), self.exact):
            near = np.flatnonzero(np.abs(self.logs - centre) <= reach)
            if not len(near):
                return None
            weights = self.weights[near] / self.exact[near] ** 2
            order = np.argsort(self.logs[near])
            half = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
            centre = float(self.logs[near][order[min(half, len(order) - 1)]])
        near = np.flatnonzero(np.abs(self.logs - centre) <= np.maximum(self.exact, _ROUNDED))
        best: dict[int, int] = {}
        for place in near:
            text = self.hypotheses[place].text
            off = abs(self.logs[place] - centre)
            if text not in best or off < abs(self.logs[best[text]] - centre):
                best[text] = int(place)
        members = [self.hypotheses[place] for place in best.values()]
        values = [self.texts[member.text].value for member in members]
        reliable = (
            _distinct(values) >= _LEAST_VALUES
            and max(values) / min(values) >= _LEAST_RANGE
            and support >= max(_LEAST_SUPPORT, _STANDS_OUT * chance + _BEYOND_CHANCE)
        )
        strong = [place for place in best.values() if self.weights[place] >= _STRONG]
        marked = {
            h.text for h, weight in zip(self.hypotheses, self.weights, strict=True) if weight >= _STRONG
        }
        exact = [
            self.texts[self.hypotheses[p].text].value
            for p in strong
            if abs(self.logs[p] - centre) <= self.exact[p]
        ]
        reliable |= (
            _distinct(exact) >= _LEAST_STRONG
            and max(exact) / min(exact) >= _LEAST_RANGE
            and len(strong) >= _MOST_OF_STRONG * len(marked)
            and support >= chance + _BEYOND_CHANCE
        )
        spread = float(np.median(np.abs(self.logs[list(best.values())] - centre)))
        return Agreement(float(np.exp(centre)), spread, support, chance, bool(reliable), tuple(members))


def _weight(score: float, likeliest: float) -> float:
    none, whole = _SCORES
    weight = min(max((score - none) / (whole - none), 0.02), 1.0) ** 2
    return weight if score >= likeliest - 0.3 else _SECOND * weight


def _distinct(values: Sequence[float]) -> int:
    ordered = sorted(values)
    return bool(ordered) + sum(b / a > 1 + _SAME_VALUE for a, b in pairwise(ordered))
