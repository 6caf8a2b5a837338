"""Random programs with arrays: their gradients are those of JAX, and forward is reverse."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import adcli

sys.path.insert(0, str(Path(__file__).parent))
from random_arrays import drawn

PROGRAMS = 500


@pytest.mark.xdist_group("jax")  # what JAX has compiled once serves them all
@pytest.mark.parametrize("part", range(4))
def test_random_programs_have_the_gradients_of_jax(part: int) -> None:
    compared = 0
    with jax.enable_x64(True):  # noqa: FBT003  # its one argument
        for seed in range(part, PROGRAMS, 4):
            rng = random.Random(seed)
            text, mirrored, point = drawn(rng)
            wanted = jax.grad(mirrored, argnums=tuple(range(len(point))))(*map(jnp.asarray, point.values()))
            scale = max(1.0, *(float(jnp.abs(g).max()) for g in wanted))
            for mode in ("reverse", "forward") if seed % 10 == part else ("reverse",):
                found = adcli.grad(text, point, mode=mode)  # type: ignore[arg-type]
                for name, slope in zip(point, wanted, strict=True):
                    shaped = np.asarray(found[name]).reshape(slope.shape)
                    assert np.allclose(shaped, slope, rtol=1e-10, atol=1e-11 * scale), (
                        seed,
                        mode,
                        name,
                        text,
                    )
            compared += 1
    assert compared == PROGRAMS // 4
