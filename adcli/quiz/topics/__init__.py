"""The table of topics, in the order in which a course takes them. A new topic is one entry."""

from __future__ import annotations

from adcli.quiz.topics.functions import EXPONENTIAL, TRIG
from adcli.quiz.topics.graphs import KINKS, LOOPS, PARTIALS, SHARING
from adcli.quiz.topics.networks import NLL, SKIP, SOFTMAX, VECTORS
from adcli.quiz.topics.rules import CHAIN, POWER, PRODUCT, QUOTIENT

TOPICS = {
    topic.name: topic
    for topic in (
        POWER, PRODUCT, QUOTIENT, CHAIN, TRIG, EXPONENTIAL, PARTIALS, SHARING, KINKS, LOOPS, VECTORS, SOFTMAX,
        NLL, SKIP,
    )
}  # fmt: skip
ANY = "any"
