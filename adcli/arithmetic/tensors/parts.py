"""Parts of arrays, arrays of parts, and shapes that are repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from adcli.graph import Shape
from adcli.primitives import shapes
from adcli.primitives.shapes import Subscript, filled

Place = tuple[Any, Any]


def as_matrix(x: Any) -> Any:
    """A value with two axes; a number is 1×1."""
    return x if type(x) is np.ndarray else np.full((1, 1), x)


def array(shape: Shape, *entries: Any) -> Any:
    """The array of some numbers, row by row."""
    return np.array(entries, dtype=float).reshape(shape)


def places(subscripts: tuple[Subscript, ...], x: Any) -> Place:
    """Where a part stands in an array: one place or slice per axis, from 0."""
    found: list[int | slice] = [
        at - 1 if isinstance(at, int) else slice(at[0] and at[0] - 1, at[1]) for at in subscripts
    ]
    if len(found) == 1:
        return (found[0], 0) if x.shape[1] == 1 else (0, found[0])
    return found[0], found[1]


def index(subscripts: tuple[Subscript, ...], x: Any) -> Any:
    """An entry, or a part as a view."""
    shape = shapes.selected(subscripts, x.shape)
    found = x[places(subscripts, x)]
    return found.reshape(shape) if shape else float(found)


def part(x: Any, place: Place) -> Any:
    """The part of an array at a place; a float where it is one entry by its two places."""
    found = x[place]
    return found if type(found) is np.ndarray else float(found)


def padded(x: Any, like: Any, place: Place) -> Any:
    """An array of the shape of `like` with x at a place, and 0 elsewhere."""
    whole = np.zeros(like.shape)
    whole[place] = (
        x if type(x) is not np.ndarray or x.shape == whole[place].shape else x.reshape(whole[place].shape)
    )
    return whole


def concat(axis: int | None, *arrays: Any) -> Any:
    """Arrays one below the other, or side by side."""
    return np.concatenate([as_matrix(x) for x in arrays], axis=(axis or 1) - 1)


def place(slot: int, axis: int | None, arrays: tuple[Any, ...]) -> Place:
    """Where one of several joined arrays stands."""
    along = (axis or 1) - 1
    sizes = [filled(shapes.of_value(x))[along] for x in arrays[: slot + 1]]
    taken = slice(sum(sizes[:-1]), sum(sizes))
    return (taken, slice(None)) if along == 0 else (slice(None), taken)


def entry(slot: int, shape: Shape) -> Place:
    """Where an entry of a literal stands."""
    return divmod(slot, shape[1])


def spread(x: Any, like: Any) -> Any:
    """A value repeated to the shape of `like`."""
    if type(x) is float and type(like) is np.ndarray:
        return np.full(like.shape, x)
    return np.broadcast_to(x, like.shape) if type(like) is np.ndarray else x


def fit(x: Any, shape: Shape) -> Any:
    """The sum of x over the axes along which this shape was repeated: what goes back to an argument."""
    if type(x) is not np.ndarray:
        return np.full(shape, x) if shape else x
    if x.shape == shape:
        return x
    if not shape:
        return float(np.add.reduce(x, None))
    axes = tuple(axis for axis in (0, 1) if shape[axis] == 1 < x.shape[axis])
    return np.broadcast_to(x.sum(axis=axes, keepdims=True), shape)


def stretch(x: Any, shape: Shape) -> Any:
    """X repeated to this shape: what comes forward to a user."""
    if not shape:
        return float(np.reshape(x, ())) if type(x) is np.ndarray else x
    return x if type(x) is np.ndarray and x.shape == shape else np.broadcast_to(x, shape)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "array": array, "index": index, "places": places, "part": part, "padded": padded,
    "concat": concat, "place": place, "entry": entry, "spread": spread,
}  # fmt: skip
