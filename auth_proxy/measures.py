"""What the house counts about itself, for Prometheus. Neither people nor addresses are named."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from auth_proxy.addresses import Area

_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measures:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("area", "status")
        answers = Counter(
            "cabinet_answers", "Answers by area and status", labels, registry=self.registry
        )
        seconds = Histogram(
            "cabinet_answer_seconds",
            "Seconds from a whole head of a request to the end of the answer",
            ("area",),
            buckets=_BOUNDS,
            registry=self.registry,
        )
        self.cut_off = Counter(
            "cabinet_cut_off", "Answers broken off before their end", registry=self.registry
        )
        self.unreadable = Counter(
            "cabinet_ledger_unreadable", "Refused: the ledger", registry=self.registry
        )
        self.unwritable = Counter(
            "cabinet_ledger_unwritable", "Refused: writing to the ledger", registry=self.registry
        )
        self.unrecorded = Counter(
            "cabinet_not_recorded", "Refused: the record of access", registry=self.registry
        )
        self._started = Gauge(
            "cabinet_start_time_seconds", "When the process began", registry=self.registry
        )
        self._started.set(time.time())
        self._answers, self._seconds = answers, {}
        self._counters: dict[tuple[str, int], Counter] = {}
        for area in Area:
            self._seconds[area.name.lower()] = seconds.labels(area.name.lower())
        self._seconds["upstream"] = seconds.labels("upstream")

    def note(self, area: str, status: int, seconds: float) -> None:
        """Count an answer."""
        counter = self._counters.get((area, status))
        if counter is None:
            counter = self._counters[area, status] = self._answers.labels(area, str(status))
        counter.inc()
        self._seconds[area].observe(seconds)

    def text(self) -> bytes:
        """Everything counted, in the text format of Prometheus."""
        return generate_latest(self.registry)
