"""What Typer refuses on a command line, in our words: what is wrong with it, and the way out."""

from __future__ import annotations

import re
from typing import Any

from adcli.errors import UsageError

EXAMPLES = {
    "--at": "--at x=1,y=2", "--file": "-f model.ad", "--out": "-o g.svg", "--precision": "--precision 6",
    "--wrt": "--wrt x,y", "--seed": "--seed x=1,y=0", "--scale": "--scale 2",
    "--tangent": "--tangent x=1,y=0", "--cotangent": "--cotangent f1=1,f2=0", "--order": "--order 4",
}  # fmt: skip


def refused(error: Any) -> UsageError:
    """The usage error for one of Typer's own exceptions, told apart by what they carry."""
    command = getattr(getattr(error, "ctx", None), "command", None)
    message = one_line(error.format_message())
    if getattr(error, "possibilities", None) is not None or type(error).__name__ == "NoSuchOption":
        return no_such_option(error.option_name, error.ctx)
    if option := getattr(error, "option_name", None):
        return value_trouble(option, command, needed="requires" in message)
    param = getattr(error, "param", None)
    if param is not None and hasattr(param.type, "min"):
        return out_of_range(param, str(error.message))
    if "extra argument" in message:
        return too_many(message.partition("(s) (")[2].removesuffix(")"), error.ctx)
    return UsageError(message)


def one_line(message: str) -> str:
    """A message of somebody else's, as one of ours: one line, a small letter, no full stop."""
    message = " ".join(message.split()).removesuffix(".")
    return message[:1].lower() + message[1:]


def options_of(command: Any) -> list[str]:
    """Every long option of a command."""
    return [option for param in command.params for option in param.opts if option.startswith("--")]


def no_such_option(option: str, ctx: Any) -> UsageError:
    """The error for an option that nobody knows, or that stands before the command."""
    if ctx.parent is None:
        from adcli.commands import options  # only for the message

        words = (re.sub("(?<=[a-z])(?=[A-Z])", "-", name) for name in vars(options) if name[0].isupper())
        known = [f"--{word.lower()}" for word in words]
        hint = (
            f"options follow the command, as in adcli grad {option}"
            if option in known
            else "see adcli --help"
        )
        return UsageError(f"no command is given before {option}", hint=hint)
    from adcli.language.names import nearest  # only for the message

    meant = nearest(option, options_of(ctx.command))
    page = f"adcli {ctx.info_name} --help lists the options"
    if re.fullmatch(r"--[\w-]{2,}", option) is None:
        page += "; an expression that begins with -- goes in brackets"
    return UsageError(f'no option is called "{option}"', hint=f"did you mean {meant}?" if meant else page)


def value_trouble(option: str, command: Any, *, needed: bool) -> UsageError:
    """The error for an option that lacks its value, or has one and takes none."""
    if not needed:
        return UsageError(f"{option} takes no value")
    long = next((p.opts[0] for p in command.params if option in p.opts), option) if command else option
    hint = f"write it as in {EXAMPLES[long]}" if long in EXAMPLES else None
    return UsageError(f"{option} needs a value", hint=hint)


def out_of_range(param: Any, message: str) -> UsageError:
    """The error for a number that is none, or is too small or too large."""
    option, kind = param.opts[0], "a whole number" if isinstance(param.type.min, int) else "a number"
    value = re.match(r"'?(.*?)'? is not", message)
    said = f', not "{value[1]}"' if value else ""
    return UsageError(f"{option} is {kind} from {param.type.min} to {param.type.max}{said}")


def too_many(extra: str, ctx: Any) -> UsageError:
    """The error for more arguments than there are places."""
    takes = [p for p in ctx.command.params if p.param_type_name == "argument"]
    options = {option for p in ctx.command.params for option in p.opts}
    hint = None
    if options & {extra.partition(" ")[0], ctx.params.get("expression")}:
        hint = "options and their values stand before --"
    elif re.match(r"[^\W\d]\w*=(?!=)", extra):
        hint = "a point follows --at, as in --at x=1,y=2"
    elif takes and takes[0].name == "expression":
        hint = "put the whole expression in quotes, and a file's name after -f"
    return UsageError(f'an argument too many: "{extra}"', hint=hint)
