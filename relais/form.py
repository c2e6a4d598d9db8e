"""What every form and body shares: unknown fields refused, text cleaned of what no person types, dates as precise as given."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from models.partial_date import PartialDate
from relais.i18n import N_, say

# Control characters (but tab and newline) and half surrogates: databases, XML and terminals all trip over them.
UNTYPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

# What pydantic found, in the words of the catalogue.
WORDS = {
    "missing": N_("Fill this in"),
    "string_too_short": N_("Fill this in"),
    "string_too_long": N_("At most %(max_length)s characters"),
    "string_pattern_mismatch": N_("This is not written as it should be"),
    "enum": N_("Choose one from the list"),
    "literal_error": N_("Choose one from the list"),
    "int_parsing": N_("Write a whole number"),
    "greater_than": N_("Write a number above %(gt)s"),
    "less_than": N_("Write a smaller number"),
    "bool_parsing": N_("Choose yes or no"),
    "date_from_datetime_parsing": N_("Write a day such as 2022-07-01"),
    "date_parsing": N_("Write a day such as 2022-07-01"),
    "extra_forbidden": N_("This form has no such field"),
}


class Beside(ValueError):
    """What is wrong with several fields together, told beside one: the validator of a whole form knows no field."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Form(BaseModel):
    """A validated input. Text arrives stripped, with plain newlines."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _typed_by_a_person(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {name: _clean(str(name), value) for name, value in values.items()}


def wrong(error: Any) -> tuple[str, dict[str, Any]]:
    """One of pydantic's errors as a message of the catalogue, and what fills it."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"]), {}
    message = WORDS.get(error["type"])
    return (message, error.get("ctx", {})) if message else (N_("This cannot be taken"), {})


def wrong_words(language: str, error: Any) -> str:
    """The same in words."""
    message, values = wrong(error)
    return say(language, message, **values)


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(name, one) for one in value]
    if isinstance(value, dict):
        return {_clean(name, key): _clean(name, one) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if UNTYPED.search(value):
        raise Beside(name, N_("This holds characters that cannot be kept"))
    return value


def _partial_date(value: Any, info: ValidationInfo) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    written = value if info.mode == "json" else str(value or "")  # a program says a date in text, and nothing by leaving it out
    try:
        return PartialDate.parse(written)
    except (ValueError, AttributeError):
        raise ValueError(N_("Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022")) from None


def _day(value: Any, info: ValidationInfo) -> Any:
    """Pydantic alone would take a number of seconds for a day, and told to be strict no text at all."""
    if info.mode != "json":
        return value
    try:
        return date.fromisoformat(DAY.fullmatch(value)[0])  # type: ignore[index]
    except (TypeError, ValueError):
        raise ValueError(N_("Write a day such as 2022-07-01")) from None


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise ValueError(N_("Use lower-case letters, digits and single hyphens"))
    return value


def _web_address(value: str) -> str:
    if value and not re.match(r"https?://[^\s/]+\.[^\s]+$|https?://[^\s/]+(/\S*)?$", value):
        raise ValueError(N_("Write a web address that starts with https://"))
    return value


When = Annotated[
    PartialDate,
    BeforeValidator(_partial_date),
    WithJsonSchema({"type": "string", "examples": ["2022-06-21", "2022-H1"]}),
]
Day = Annotated[date, BeforeValidator(_day)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(_slug)]
Url = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_web_address)]
Line = Annotated[str, StringConstraints(max_length=200)]
Label = Annotated[str, StringConstraints(max_length=20)]
Note = Annotated[str, StringConstraints(max_length=1000)]
