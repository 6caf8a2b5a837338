"""Exponents that end before what some would read into them: e^2x, and x^1/2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adcli.language.tokens import Token

if TYPE_CHECKING:
    from adcli.language.scanner import Scanner


def power_before(found: list[Token]) -> list[Token] | None:
    """The tokens of a power with a number as exponent that has just ended: the base's last, ^, -, number."""
    size = 4 if [token.type for token in found[-3:]] == ["POWER", "MINUS", "NUMBER"] else 3
    power = found[-size:]
    ended = len(power) == size and power[1].type == "POWER" and power[-1].type == "NUMBER"
    return power if ended else None


def written(power: list[Token]) -> str:
    """A power as text; a base in brackets is not repeated."""
    base = "(...)" if power[0].type in ("RPAR", "RBAR", "RSQUARE") else power[0].value
    return base + "".join(token.value for token in power[1:])


def note_factor(scanner: Scanner, token: Token) -> None:
    """e^2x is (e^2)*x: said where the base is a number or e and the factor is glued to the exponent."""
    power = power_before(scanner.found)
    if power is None or power[-1].end != token.start or token.type not in ("NAME", "LPAR"):
        return
    if power[0].type != "NUMBER" and power[0].value != "e":
        return
    factor = "(...)" if token.type == "LPAR" else token.value
    scanner.note("implicit", f"read as ({written(power)})*{factor}", power[0].start, token.end)


def note_quotient(scanner: Scanner) -> None:
    """x^1/2 is (x^1)/2: said where the exponent is 1 and a number follows the sign of the quotient."""
    power, under = power_before(scanner.found), scanner.next()
    if power is None or power[-1].value != "1" or under is None or under.type != "NUMBER":
        return
    scanner.note("implicit", f"read as ({written(power)})/{under.value}", power[0].start, under.end)
