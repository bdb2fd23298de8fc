"""Fill level of a portfolio, with its arithmetic (clauses 7.3, 7.8)."""

from __future__ import annotations

from dataclasses import dataclass

from academy.policy import Policy
from academy.portfolio import ItemKind, Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class FillLine:
    """One line of the sum; without a kind it is the page about oneself."""

    kind: ItemKind | None
    have: int
    wanted: int
    points: int
    of_points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FillLevel:
    """The fill level: the lines it is the sum of."""

    lines: tuple[FillLine, ...]

    @property
    def points(self) -> int:
        """Points reached."""
        return sum(line.points for line in self.lines)

    @property
    def of_points(self) -> int:
        """Points there are."""
        return sum(line.of_points for line in self.lines)

    @property
    def percent(self) -> int:
        """Points reached of those there are, in whole per cent, rounded down."""
        return self.points * 100 // self.of_points if self.of_points else 100


def fill_level(portfolio: Portfolio, policy: Policy) -> FillLevel:
    """Count how full a portfolio is by the policy's rules."""
    about = not portfolio.about.is_empty
    lines = [
        FillLine(
            kind=None,
            have=int(about),
            wanted=1,
            points=policy.about_points if about else 0,
            of_points=policy.about_points,
        )
    ]
    for rule in policy.fill:
        have = sum(item.kind is rule.kind for item in portfolio.items())
        lines.append(
            FillLine(
                kind=rule.kind,
                have=have,
                wanted=rule.count,
                points=rule.points * min(have, rule.count) // rule.count,
                of_points=rule.points,
            )
        )
    return FillLevel(lines=tuple(lines))
