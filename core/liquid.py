"""Texts with placeholders (Liquid) that people of the company write: signatures, macros, triggers.

A sandbox (attack 22): templates see plain values only, never an object or its attributes; they load
no other template; loops, output, names, numbers and every filter's result are bounded. What a
customer wrote is a value here and never a template. A broken template is shown as it was written:
no mail waits for a comma. Texts of rules are the exception (`fill`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any, ClassVar

from liquid import BoundTemplate, Environment, Mode
from liquid.exceptions import LiquidError, LiquidSyntaxError

logger = logging.getLogger(__name__)

TEMPLATE_LENGTH = 20_000  # characters; the longest that is rendered
VALUE_LENGTH = 100_000  # characters of one value, and of what a filter makes of it
LIST_LENGTH = 1_000
LOOPS = 100  # iterations, nested ones multiplied: a full template of them takes under a second
OUTPUT_BYTES = 200_000
NAMES_BYTES = 200_000
DEPTH = 8  # of values in values
_LARGEST = 10**15  # beyond, arithmetic on numbers costs time without end

_TAGS = {
    "assign", "break", "capture", "case", "comment", "continue", "cycle", "decrement", "echo",
    "for", "if", "ifchanged", "increment", "liquid", "unless", "#", "doc",
}  # fmt: skip
_INTERNAL_TAGS = {"content", "illegal", "output"}  # text and placeholders themselves
_DANGLING = 50  # opening brackets without a closing one, beyond which nothing is parsed
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_VIRTUAL = {"first", "last", "size"}  # what Liquid offers of every list and text
_FILTERS = {
    "abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "concat", "date",
    "default", "divided_by", "downcase", "escape", "escape_once", "first", "floor", "join", "last",
    "lstrip", "map", "minus", "modulo", "newline_to_br", "plus", "prepend", "remove",
    "remove_first", "replace", "replace_first", "reverse", "round", "rstrip", "size", "slice",
    "sort", "sort_natural", "split", "squish", "strip", "strip_html", "strip_newlines", "times",
    "truncate", "truncatewords", "uniq", "upcase", "url_decode", "url_encode", "where",
}  # fmt: skip


class BrokenText(Exception):
    """A text with placeholders cannot be filled in; the sentence says why, without the values."""

    def __init__(self, error: Exception) -> None:
        why = str(error).splitlines()[0] if isinstance(error, LiquidError) and str(error) else ""
        super().__init__(f"The text with placeholders is broken: {why or 'a filter fails'}.")


class _TooMuch(LiquidError):
    """A template asked for more than its share of time or memory."""

    def __init__(self) -> None:
        super().__init__("a value grows too large", token=None)


class _Sandbox(Environment):
    loop_iteration_limit: ClassVar[int | None] = LOOPS
    output_stream_limit: ClassVar[int | None] = OUTPUT_BYTES
    local_namespace_limit: ClassVar[int | None] = NAMES_BYTES
    block_nesting_limit: ClassVar[int] = 20


def render(template: str, values: Mapping[str, object], *, html: bool) -> str:
    """The text with its placeholders filled in; unknown ones become nothing.

    With `html` the template is HTML and every value is escaped in it. A template that is broken or
    greedy is returned as it is, escaped for HTML when that is asked for, and the log says so.
    """
    try:
        return fill(template, values, html=html)
    except BrokenText as error:
        logger.warning("liquid.broken", extra={"why": type(error.__cause__).__name__})
        return escape(template) if html else template


def fill(template: str, values: Mapping[str, object], *, html: bool) -> str:
    """The same for texts of rules, which nobody reads before they leave. Raises BrokenText.

    The result holds no NUL, which filters could make and no column can hold.
    """
    try:
        return _parsed(template, html=html).render(plain(values)).replace("\x00", "")
    except (LiquidError, ArithmeticError, ValueError, TypeError, LookupError, RecursionError,
            AttributeError) as error:  # fmt: skip
        # Filters of the library raise what Python raises, on values that nobody foresaw.
        raise BrokenText(error) from error


def problems(template: str, *, known: Collection[str]) -> list[str]:
    """What is wrong with a template, in sentences for the editor of it; empty when nothing is.

    `known` are the placeholders there are, as `ticket.requester.name`.
    """
    if len(template) > TEMPLATE_LENGTH:
        return [f"The text is longer than {TEMPLATE_LENGTH:,} characters."]
    try:
        parsed = _parsed(template, html=False)
        filters = set(parsed.filter_names(include_partials=False))
        named = set(_paths(parsed.global_variable_segments(include_partials=False)))
    except LiquidError as error:
        return [str(error).splitlines()[0].capitalize() + "."]
    except RecursionError:
        return ["The text is nested too deeply."]
    return [
        *(f"There is no filter “{name}”." for name in sorted(filters - _FILTERS)),
        *(f"There is no placeholder “{path}”." for path in sorted(named - set(known))),
    ]


def _parsed(template: str, *, html: bool) -> BoundTemplate:
    """Raises LiquidError, RecursionError.

    The library's lexer needs quadratic time for opening brackets without an end, and a question
    about a range counts through all of it.
    """
    dangling = sum("}" not in piece for piece in re.split(r"\{[{%]", template)[1:])
    if len(template) > TEMPLATE_LENGTH or dangling > _DANGLING:
        raise _TooMuch
    if any(".." in tag for tag in _TAG.findall(template)):
        raise LiquidSyntaxError("ranges such as (1..5) are not available here", token=None)
    return _environment(html).from_string(template)


def _paths(variables: Sequence[Sequence[Any]]) -> Iterator[str]:
    """`ticket.tags` for `ticket.tags[0]` and `ticket.tags.size`."""
    for segments in variables:
        names = [str(part) for part in segments if not isinstance(part, int)]
        while len(names) > 1 and names[-1] in _VIRTUAL:
            names.pop()
        yield ".".join(names)


def plain(value: object, depth: int = 0) -> Any:
    """Only text, numbers, truth values, lists and dictionaries; all else becomes its text, and what
    is too long or too deep is cut.
    """
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return max(-_LARGEST, min(_LARGEST, value))
    if depth >= DEPTH:
        return ""
    if isinstance(value, Mapping):
        return {str(key): plain(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, depth + 1) for inner in value[:LIST_LENGTH]]
    # A new str: subclasses of it (SafeString) would count as HTML and not be escaped.
    return "".join(str(value)[:VALUE_LENGTH])


@cache
def _environment(html: bool) -> _Sandbox:
    made = _Sandbox(tolerance=Mode.STRICT, strict_filters=True, autoescape=html)
    for name in set(made.tags) - _TAGS - _INTERNAL_TAGS:
        del made.tags[name]
    made.filters = {
        name: _Bounded(name, apply) for name, apply in made.filters.items() if name in _FILTERS
    }
    return made


class _Bounded:
    """A filter whose arguments and result stay within bounds.

    The library looks for the attributes `with_context` and `with_environment` of a filter.
    """

    def __init__(self, name: str, apply: Callable[..., Any]) -> None:
        self.name = name
        self.apply = apply
        for flag in ("with_context", "with_environment", "filter_async"):
            if hasattr(apply, flag):
                setattr(self, flag, getattr(apply, flag))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        for value in args:
            _check(value)
        if self.name in ("replace", "replace_first") and len(args) > 1:
            old, new = str(args[1]), str(args[2]) if len(args) > 2 else ""
            times = (str(args[0]).count(old) if old else len(str(args[0])) + 1) or 1
            if times * len(new) > VALUE_LENGTH:
                raise _TooMuch
        is_join = self.name == "join" and len(args) > 1 and isinstance(args[0], Sequence)
        if is_join and len(args[0]) * len(str(args[1])) > VALUE_LENGTH:
            raise _TooMuch
        if self.name == "round" and len(args) > 1 and abs(int(args[1])) > 20:
            raise _TooMuch
        return _check(self.apply(*args, **kwargs))


def _check(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise _TooMuch
    if isinstance(value, str) and len(value) > VALUE_LENGTH:
        raise _TooMuch
    if isinstance(value, list | tuple) and len(value) > LIST_LENGTH:
        raise _TooMuch
    return value
