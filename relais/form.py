"""What every form and body shares: unknown fields refused, text cleaned of what no person types, dates as precise as given."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator

from models.partial_date import PartialDate
from relais.i18n import N_

# Control characters (but tab and newline) and half surrogates: databases, XML and terminals all trip over them.
UNTYPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


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


def _clean(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if UNTYPED.search(value):
        raise Beside(name, N_("This holds characters that cannot be kept"))
    return value


def _partial_date(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    try:
        return PartialDate.parse(str(value or ""))
    except ValueError:
        raise ValueError(N_("Write a date such as 2022-06-21, 2022-06, 2022-H1 or 2022")) from None


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise ValueError(N_("Use lower-case letters, digits and single hyphens"))
    return value


def _web_address(value: str) -> str:
    if value and not re.match(r"https?://[^\s/]+\.[^\s]+$|https?://[^\s/]+(/\S*)?$", value):
        raise ValueError(N_("Write a web address that starts with https://"))
    return value


When = Annotated[PartialDate, BeforeValidator(_partial_date)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=80), AfterValidator(_slug)]
Url = Annotated[str, StringConstraints(max_length=1000), AfterValidator(_web_address)]
Line = Annotated[str, StringConstraints(max_length=200)]
Label = Annotated[str, StringConstraints(max_length=20)]
Note = Annotated[str, StringConstraints(max_length=1000)]
