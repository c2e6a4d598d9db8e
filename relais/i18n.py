"""French and English: catalogues, dates, numbers and names as each language writes them."""

from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, negotiate_locale
from babel.dates import format_date, format_time, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import Translations

from models.partial_date import PartialDate, Precision
from relais.settings import BRUSSELS

LANGUAGES = ("fr", "en")
DEFAULT = "fr"
LOCALE = Path(__file__).parent / "locale"
NBSP = "\u00a0"


def N_(message: str) -> str:  # noqa: N802  the name extraction tools know
    """Marks a message for the catalogue where it is written; it is translated where it is shown."""
    return message


@lru_cache
def translator(language: str) -> NullTranslations:
    """The catalogue of an interface language, compiled in memory from its .po file."""
    with (LOCALE / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def say(language: str, message: str, **values: Any) -> str:
    """One message of the catalogue, filled in."""
    text = translator(language).gettext(message)
    return str(text % values) if values else text


def chosen(cookie: str | None, accepted: str | None) -> str:
    """The language of a reader without a prefix: the cookie, then Accept-Language, then French."""
    if cookie in LANGUAGES:
        return cookie
    wanted = [part.split(";")[0].strip() for part in (accepted or "").split(",")]
    return negotiate_locale([tag for tag in wanted if tag and tag != "*"], LANGUAGES, sep="-") or DEFAULT


def said(row: Any, field: str, language: str) -> tuple[str, str]:
    """A pair of columns `field_fr`, `field_en` in the reader's language, or in the other: (words, their language)."""
    for tongue in (language, *(other for other in LANGUAGES if other != language)):
        if words := getattr(row, f"{field}_{tongue}"):
            return words, tongue
    return "", language


def day(value: date, language: str, year: bool = True) -> str:
    """`23 Nov 2026`, `23 nov. 2026`, `1er janv. 2027`."""
    written = format_date(value, "d MMM y" if year else "d MMM", locale=_locale(language))
    return "1er" + written[1:] if language == "fr" and value.day == 1 else written


def long_day(value: date, language: str, year: bool = True) -> str:
    """`1 January 2027`, `1er janvier 2027`."""
    written = format_date(value, "d MMMM y" if year else "d MMMM", locale=_locale(language))
    return "1er" + written[1:] if language == "fr" and value.day == 1 else written


def moment(value: datetime, language: str) -> str:
    """A day and a time in Brussels: `18 Nov 2026, 10:12`, `18 nov. 2026, 10 h 12` with no-break spaces."""
    local = value.astimezone(BRUSSELS)
    time = format_time(local, "H 'h' mm" if language == "fr" else "HH:mm", locale=_locale(language))
    return f"{day(local.date(), language)}, {time.replace(' ', NBSP)}"


def weekdays(language: str) -> list[str]:
    """`Monday` to `Sunday`, `lundi` to `dimanche`."""
    names = get_day_names("wide", locale=_locale(language))
    return [names[number] for number in range(7)]


def half(year: int, number: int, language: str) -> str:
    """`2026 H2`, `2026 S2`."""
    return f"{year} {'S' if language == 'fr' else 'H'}{number}"


@lru_cache(maxsize=8192)
def partial(value: PartialDate, language: str) -> str:
    """A date exactly as precise as it is known; the word for undated. Remembered: a page says hundreds, and the same ones again."""
    if value.on is None:
        return say(language, "undated")
    match value.precision:
        case Precision.BY:
            return say(language, "by %(day)s", day=day(value.on, language))
        case Precision.MONTH:
            return format_date(value.on, "LLLL y", locale=_locale(language))
        case Precision.HALF_YEAR:
            return half(value.on.year, 1 if value.on.month < 7 else 2, language)
        case Precision.YEAR:
            return str(value.on.year)
    if value.until is None:
        return day(value.on, language)
    if (value.on.year, value.on.month) == (value.until.year, value.until.month):
        first = "1er" if language == "fr" and value.on.day == 1 else str(value.on.day)
        return f"{first}–{day(value.until, language)}"
    return f"{day(value.on, language, year=value.on.year != value.until.year)} – {day(value.until, language)}"


def typed_date(value: PartialDate, language: str) -> str:
    """The date as a reader of that language would type it into a form: `PartialDate.parse` reads it back."""
    written = str(value)
    if language != "fr":
        return written
    return written.replace("by ", "au plus tard ").replace("-H", "-S")


def number(value: int, language: str) -> str:
    """`2,000` and `2 000` with a no-break space (U+00A0)."""
    return format_decimal(value, locale=_locale(language)).replace("\u202f", NBSP)


def language_name(code: str, language: str) -> str:
    return str(_locale(language).languages.get(code, code))


@lru_cache
def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


def counted(language: str, one: str, many: str, n: int) -> str:
    """A message that counts, in the right plural, with the number written as the language does."""
    return translator(language).ngettext(one, many, n) % {"n": number(n, language)}
