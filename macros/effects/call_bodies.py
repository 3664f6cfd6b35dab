"""The JSON that a webhook is sent: values from tickets never become anything but its strings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from core import liquid
from macros.effects.registry import InvalidEffect

Values = Mapping[str, object]
Fill = Callable[..., str]
_UNREADABLE = "The text of the webhook is no JSON when its placeholders are filled in."


def call_body(template: str, values: Values, fill: Fill) -> str:
    """A JSON text. Raises InvalidEffect.

    Empty: all values. A template that is JSON is filled in string by string, so that no quote in a
    subject ends one (attack 22). One that becomes JSON only when it is filled in, with a number or
    a condition between the strings, gets its values escaped, and is looked at afterwards.
    """
    if not template.strip():
        return json.dumps(liquid.plain(dict(values)), ensure_ascii=False)
    try:
        shape = json.loads(template)
    except RecursionError as error:
        raise InvalidEffect(_UNREADABLE) from error
    except ValueError:
        return _checked(fill(template, _escaped(liquid.plain(dict(values))), html=False))
    return json.dumps(_filled(shape, values, fill), ensure_ascii=False)


def _filled(shape: Any, values: Values, fill: Fill) -> Any:
    if isinstance(shape, str):
        return fill(shape, values, html=False)
    if isinstance(shape, list):
        return [_filled(item, values, fill) for item in shape]
    if isinstance(shape, dict):
        return {key: _filled(item, values, fill) for key, item in shape.items()}
    return shape


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)[1:-1]
    if isinstance(value, list):
        return [_escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return value


def _checked(text: str) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidEffect(_UNREADABLE) from error
    return text
