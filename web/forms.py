"""Forms: read as typed, checked by the verbs' own classes, shown again with their errors and nothing lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from fastapi import Depends, Request
from pydantic import ValidationError
from sqlmodel import Session

from relais.errors import Invalid, Unclear
from relais.form import Form, wrong_words
from relais.i18n import LANGUAGES, say
from relais.sources import CitationForm

F = TypeVar("F", bound=Form)

CITE = "cite_"  # fields of the one citation a form may carry


class PressForm(Form):
    """A button and nothing to say: what a press needs to know, such as the version it was made at, is a number beside it."""


class Posted(Generic[F]):
    """What was typed (`values`), what is wrong with it by field (`errors`), what it may have meant (`offers`), and the valid form when
    nothing is wrong."""

    def __init__(self, language: str, values: dict[str, Any] | None = None) -> None:
        self.language = language
        self.values = values or {}
        self.errors: dict[str, str] = {}
        self.offers: dict[str, list[tuple[str, str]]] = {}
        self._form: F | None = None
        self.numbers: dict[str, int] = {}

    @property
    def form(self) -> F:
        """The checked form; ask `errors` first."""
        if self._form is None:
            raise ValueError("this form has errors")
        return self._form

    def check(self, kind: type[F], numbers: tuple[str, ...]) -> None:
        typed = {name: value for name, value in self.values.items() if name not in numbers}
        for name in numbers:
            written = str(self.values.get(name, "0") or "0")
            if written.isascii() and written.isdigit() and len(written) < 10:
                self.numbers[name] = int(written)
            else:
                self.errors[name] = say(self.language, "Write a whole number")
        try:
            self._form = kind.model_validate(_nested(kind, typed))
        except ValidationError as wrong:
            for error in wrong.errors(include_url=False):
                self.errors.setdefault(_field(error), wrong_words(self.language, error))

    def refuse(self, wrong: Invalid) -> None:
        """Put a verb's refusal beside its field."""
        cited = wrong.field in CitationForm.model_fields and wrong.field not in self.values
        field = f"{CITE}{wrong.field}" if cited else wrong.field
        self.errors[field] = say(self.language, wrong.message, **wrong.values)
        if isinstance(wrong, Unclear):
            self.offers[field] = wrong.offers

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Ask for what refuses before it writes anything: an Invalid is shown beside its field."""
        try:
            yield
        except Invalid as wrong:
            self.refuse(wrong)

    @contextmanager
    def trying(self, session: Session) -> Iterator[None]:
        """Try a verb in a savepoint: an Invalid undoes all it did and is shown beside its field; nothing is half saved."""
        with self.asking(), session.begin_nested():
            yield


def posted(kind: type[F], *numbers: str) -> Any:
    """A dependency that reads the posted form as `kind`; `numbers` names hidden fields such as `version` or `base`.

    What was typed also stays with the request (`request.state.typed`): a refusal that is
    a page of its own gives it back.
    """
    return Depends(_reader(kind, numbers))


def _reader(kind: type[F], numbers: tuple[str, ...]) -> Callable[[Request], Any]:
    async def read(request: Request) -> Posted[F]:
        language = request.path_params.get("language", "")
        sent = await request.form(max_files=0, max_fields=200)
        values: dict[str, Any] = {}
        for name in sent:
            given = [str(value) for value in sent.getlist(name)]
            values[name] = given if _takes_list(kind, name) else given[-1]
        if any(_written(kind, name, value) for name, value in values.items() if name not in numbers):
            request.state.typed, request.state.unseen = values, numbers
        form: Posted[F] = Posted(language if language in LANGUAGES else "fr", values)
        form.check(kind, numbers)
        return form

    return read


def _written(kind: type[Form], name: str, value: Any) -> bool:
    """Whether somebody wrote this in words, where a tick, a choice or a press of a button is soon made again."""
    field = kind.model_fields.get(name)
    return bool(str(value).strip()) and (field is None or field.annotation is str)


def _takes_list(kind: type[Form], name: str) -> bool:
    field = kind.model_fields.get(name)
    return field is not None and getattr(field.annotation, "__origin__", None) is list


def _nested(kind: type[Form], typed: dict[str, Any]) -> dict[str, Any]:
    """Empty fields fall to their defaults; `cite_…` fields become the form's one citation."""
    plain = {name: value for name, value in typed.items() if not name.startswith(CITE) and value != ""}
    citation = {name.removeprefix(CITE): value for name, value in typed.items() if name.startswith(CITE) and value != ""}
    if "citations" in kind.model_fields and citation:
        return plain | {"citations": [citation]}
    return plain | {f"{CITE}{name}": value for name, value in citation.items()}


def _field(error: Any) -> str:
    place: tuple[Any, ...] = error["loc"]
    beside: str = getattr(error.get("ctx", {}).get("error"), "field", "")
    if place[:1] == ("citations",):
        return f"{CITE}{place[2] if len(place) > 2 else beside}"
    return str(place[0]) if place else beside
