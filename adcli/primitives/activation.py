"""The smooth functions of neural networks."""

from __future__ import annotations

from adcli.primitives.primitive import Kink, Primitive, helper

ANY = (-3.0, 3.0)

ROWS = (
    Primitive(
        "sigmoid",
        "activation",
        ("x",),
        (lambda m, z, x: m.sigmoid_slope(x),),
        "the logistic function 1/(1 + e^-x)",
        aliases=("logistic",),
        points=((0.0,), (40.0,), (-40.0,), (800.0,), (-800.0,), (-745.0,), (1e300,)),
        ranges=(ANY,),
        expand=lambda m, x: 1 / (1 + m.exp(-x)),
    ),
    helper(
        "sigmoid_slope",
        "activation",
        ("x",),
        "the slope of sigmoid",
        lambda m, x: m.sigmoid(x) * m.sigmoid(-x),
        d=(lambda m, z, x: -z * m.tanh(x / 2),),
    ),
    Primitive(
        "logit",
        "activation",
        ("x",),
        (lambda m, z, x: 1 / (x * (1 - x)),),
        "the inverse ln(x/(1 - x)) of sigmoid",
        domain="0 < x < 1",
        needs="an argument between 0 and 1",
        points=((0.5,), (0.5000000000000001,), (1e-300,), (0.9999999999999999,), (0.25,)),
        ranges=((0.1, 0.9),),
        expand=lambda m, x: m.ln(x / (1 - x)),
    ),
    Primitive(
        "softplus",
        "activation",
        ("x",),
        (lambda m, z, x: m.sigmoid(x),),
        "ln(1 + e^x)",
        points=((0.0,), (40.0,), (-40.0,), (800.0,), (-800.0,), (-745.0,), (1e300,)),
        ranges=(ANY,),
        expand=lambda m, x: m.ln(1 + m.exp(x)),
    ),
    Primitive(
        "silu",
        "activation",
        ("x",),
        (lambda m, z, x: m.silu_slope(x),),
        "x·sigmoid(x)",
        points=((0.0,), (40.0,), (-40.0,), (800.0,), (-740.0,), (-800.0,), (-1.2784645427610738,)),
        ranges=(ANY,),
        expand=lambda m, x: x * m.sigmoid(x),
    ),
    helper(
        "silu_slope",
        "activation",
        ("x",),
        "the slope of silu",
        lambda m, x: m.sigmoid(x) * (1 + x * m.sigmoid(-x)),
        d=(lambda m, z, x: m.sigmoid_slope(x) * (2 - x * m.tanh(x / 2)),),
    ),
    Primitive(
        "gelu",
        "activation",
        ("x",),
        (lambda m, z, x: m.gelu_slope(x),),
        "x·normcdf(x)",
        points=((0.0,), (10.0,), (-10.0,), (-38.0,), (-38.5,), (1e200,), (-0.7517915246935645,)),
        ranges=(ANY,),
        expand=lambda m, x: x * m.normcdf(x),
    ),
    helper(
        "gelu_slope",
        "activation",
        ("x",),
        "the slope of gelu",
        lambda m, x: m.normcdf(x) + x * m.normpdf(x),
        d=(lambda m, z, x: 2 * m.normpdf(x) - x * (x * m.normpdf(x)),),
    ),
    Primitive(
        "elu",
        "activation",
        ("x",),
        (lambda m, z, x: m.exp(m.min(x, m.lift(0))),),
        "x for x > 0, e^x - 1 elsewhere",
        kinks=(Kink(lambda x: x == 0, lambda _: ((1.0, 0.0),), "x = 0", order=2),),
        points=((0.0,), (-1e-20,), (-50.0,), (-800.0,), (1e300,)),
        ranges=(ANY,),
        expand=lambda m, x: m.select(m.gt(x, m.lift(0)), x, m.expm1(x)),
    ),
)
