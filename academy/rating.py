"""Individual educational rating, with its arithmetic (clause 7.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from academy.dossier import Dossier
from academy.policy import Policy
from academy.portfolio import Achievement
from academy.verification import VerificationState, verification_state


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """One achievement: the three factors, and whether it counts (verified items only)."""

    achievement: Achievement
    category: int
    level: int
    part: int
    counts: bool

    @property
    def points(self) -> int:
        """The product of the factors, or nothing while it is not verified."""
        return self.category * self.level * self.part if self.counts else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The rating of a listener and the lines it is the sum of."""

    lines: tuple[RatingLine, ...]

    @property
    def points(self) -> int:
        """The sum of the lines."""
        return sum(line.points for line in self.lines)


def rating(dossier: Dossier, policy: Policy, today: date) -> Rating:
    """Count the rating of a listener as it stands `today`."""
    lines = []
    for achievement in dossier.portfolio.achievements:
        state = verification_state(
            dossier.verifications.get(achievement.id),
            dossier.content_of(achievement),
            today,
            policy.verification_period,
        )
        lines.append(
            RatingLine(
                achievement=achievement,
                category=policy.scoring.categories.get(achievement.category, 0),
                level=policy.scoring.levels.get(achievement.level, 0),
                part=policy.scoring.parts.get(achievement.part, 0),
                counts=state is VerificationState.CONFIRMED,
            )
        )
    return Rating(lines=tuple(lines))
