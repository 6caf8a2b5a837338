"""The O(…) formulas of a layered network, evaluated for its layer sizes.

A layer from k to l numbers has a matrix of k·l entries: that many products take its value, and its
Jacobian times a vector, for each example. So the sum of them all counts a pass. The Jacobian of the last
layer by the first takes n forward passes, one per input, or m reverse passes, one per output; the gradient
of a loss by the weights takes one forward pass per weight, or one reverse pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from adcli.errors import UsageError

MOST_LAYERS = 1000
LARGEST = 10**12


@dataclass(frozen=True)
class Network:
    """A network's layer sizes, from the inputs on, and how many examples it is given at once."""

    layers: tuple[int, ...]
    batch: int = 1

    @property
    def step(self) -> int:
        """The products of one pass for one example: k·l for each layer."""
        return sum(ahead * behind for ahead, behind in pairwise(self.layers))

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.step + sum(self.layers[1:])

    @property
    def passed(self) -> int:
        """The products of the values of all examples."""
        return self.batch * self.step

    @property
    def backward(self) -> int:
        """Those of a reverse pass: for all weights, and for the inputs of every layer but the first."""
        first = self.layers[0] * self.layers[1]
        return self.batch * (2 * self.step - first)

    @property
    def jacobian(self) -> dict[str, int]:
        """The products of the last layer's Jacobian by the first, by mode: n passes, or m."""
        return {"forward": self.layers[0] * self.passed, "reverse": self.layers[-1] * self.passed}

    @property
    def gradient(self) -> dict[str, int]:
        """The products of the loss's gradient by all parameters, with those of the values, by mode."""
        return {"forward": (self.parameters + 1) * self.passed, "reverse": self.passed + self.backward}

    @property
    def stored(self) -> int:
        """The numbers that a reverse pass keeps: each layer's, of every example."""
        return self.batch * sum(self.layers)

    @property
    def mode(self) -> str:
        """The cheaper mode for the Jacobian."""
        return "reverse" if self.layers[-1] <= self.layers[0] else "forward"

    def json(self) -> dict[str, Any]:
        """The network and its counts."""
        return {
            "layers": list(self.layers),
            "batch": self.batch,
            "parameters": self.parameters,
            "products": {"value": self.passed, "jacobian": self.jacobian, "gradient": self.gradient},
            "stored": self.stored,
            "mode": self.mode,
        }


def network(text: str, batch: int | None) -> Network:
    """The network of a list such as 784,128,10; UsageError for anything else."""
    sizes: list[int] = []
    for piece in text.split(","):
        size = piece.strip()
        if not (size.isascii() and size.isdigit() and 0 < int(size[:13]) <= LARGEST and len(size) <= 13):
            raise UsageError(
                f'--layers: "{size}" is not the size of a layer', hint="write it as in --layers 784,128,10"
            )
        sizes.append(int(size))
    if not 2 <= len(sizes) <= MOST_LAYERS:
        raise UsageError(
            f"--layers needs 2 to {MOST_LAYERS} sizes, from the inputs to the outputs",
            hint="write it as in --layers 784,128,10",
        )
    return Network(tuple(sizes), batch or 1)
