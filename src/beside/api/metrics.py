"""Figures for Prometheus: how much, how fast, what was decided. Never a text, a name or a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
disable_created_metrics()  # type: ignore[no-untyped-call]  # they would double the page, and say only when the process began
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """The figures of one process."""

    def __init__(self, model: str) -> None:
        self._all = CollectorRegistry()
        self._requests = Counter(
            "beside_requests", "Requests answered.", ("contract", "status"), registry=self._all
        )
        self._seconds = Histogram(
            "beside_request_seconds",
            "Time from request to answer.",
            ("contract",),
            registry=self._all,
            buckets=_SECONDS,
        )
        self._gate = Histogram(
            "beside_gate_seconds", "Time to read one text.", registry=self._all, buckets=_SECONDS
        )
        self._decisions = Counter(
            "beside_decisions", "Texts decided.", ("contract", "action"), registry=self._all
        )
        Gauge("beside_model", "The model in use.", ("name",), registry=self._all).labels(model).set(1)

    def waiting(self, lane: str, cost: Callable[[], int]) -> None:
        """Shows how many characters a lane holds."""
        name = f"beside_{lane}_lane_characters"
        Gauge(name, "Characters being read or waiting.", registry=self._all).set_function(cost)

    def answered(self, contract: str, status: int, seconds: float, actions: Mapping[str, int]) -> None:
        """Counts one request."""
        self._requests.labels(contract, str(status)).inc()
        self._seconds.labels(contract).observe(seconds)
        for action, number in actions.items():
            self._decisions.labels(contract, action).inc(number)

    def read(self, seconds: float) -> None:
        """Counts one text read."""
        self._gate.observe(seconds)

    def page(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self._all)
