"""Turns a template and what it shows into an answer."""

import hashlib
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from relais import country, i18n
from relais.settings import settings
from web import vocabulary
from web.desk import Desk
from web.pieces import set_in

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


class _Ahead(NodeTransformer):
    """Does when a template is compiled what would be done at every rendering: a page calls these hundreds of times.

    `_("words")` becomes its translation, `static("file")` and the start of `at("/path")` what they give; the other words of a page are
    called as filters are, without the template's context in between.
    """

    def __init__(self, environment: "_Pages") -> None:
        self.environment = environment

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  the visitor's own naming
        self.generic_visit(node)
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in self.environment.called_directly and node.args and not node.kwargs:
            first, *others = node.args
            return nodes.Filter(first, f"{name}()", others, [], None, None, lineno=node.lineno)
        if len(node.args) == 1:
            return self._known(name, node, node.args[0])
        return node

    def _known(self, name: str, node: nodes.Call, given: nodes.Expr) -> nodes.Node:
        language, constant = self.environment.language, given.value if isinstance(given, nodes.Const) else None
        if name == "_" and constant:
            words: nodes.Expr = nodes.Const(i18n.say(language, constant), lineno=node.lineno)
            values = [nodes.Pair(nodes.Const(one.key), one.value) for one in node.kwargs]
            return nodes.Mod(words, nodes.Dict(values), lineno=node.lineno) if values else words
        if name == "static" and constant:
            return nodes.Const(static(constant), lineno=node.lineno)
        if name == "at":
            parts = given.nodes if isinstance(given, nodes.Concat) else [given]
            return nodes.Concat([nodes.Const(f"/{language}"), *parts], lineno=node.lineno)
        return node


class _Pages(Environment):
    language = i18n.DEFAULT
    called_directly: frozenset[str] = frozenset()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        done: nodes.Template = _Ahead(self).visit(tree)
        return done

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain dict: every import in a template subtracts the keys of one from another."""
        return {**self.globals, **d} if d else self.globals

    def call_directly(self, functions: dict[str, Callable[..., Any]]) -> None:
        self.called_directly = frozenset(functions)
        self.globals.update(functions)
        self.filters.update({f"{name}()": function for name, function in functions.items()})


def _remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """For what gives the same words for the same values: dates above all, which take long to write."""
    return lru_cache(maxsize=8192)(function)


@lru_cache
def pages(language: str) -> Environment:
    """The templates in one language."""
    environment = _Pages(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        cache_size=-1,
    )
    environment.language = language
    environment.globals.update(
        _=lambda message, **values: i18n.say(language, message, **values),
        lang=language,
        other_lang="en" if language == "fr" else "fr",
        at=lambda path: f"/{language}{path}",
        static=static,
        base_url=settings().base_url,
    )
    words = vocabulary.globals_for(language)
    environment.globals.update(words)
    environment.call_directly(
        {
            "count": _remembered(lambda one, many, n: i18n.counted(language, one, many, n)),
            "said": lambda row, field: i18n.said(row, field, language),
            "term_half": lambda term: i18n.half(term.year, term.half, language),
            "the": _remembered(lambda code, name: country.the(code, name, language)),
            "of_the": _remembered(lambda code, name: country.of(code, name, language)),
            "to_the": _remembered(lambda code, name: country.to(code, name, language)),
            **{name: _remembered(words[name]) for name in ("word", "short", "definition", "chance")},
        }
    )
    environment.filters.update(
        day=_remembered(lambda value: i18n.day(value, language)),
        long_day=_remembered(lambda value: i18n.long_day(value, language)),
        moment=_remembered(lambda value: i18n.moment(value, language)),
        partial=_remembered(lambda value: i18n.partial(value, language)),
        number=_remembered(lambda value: i18n.number(value, language)),
        language_name=_remembered(lambda code: i18n.language_name(code, language)),
    )
    return environment


def page(desk: Desk, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A whole page, or a fragment when `template` begins with `_`."""
    return HTMLResponse(html(desk, template, **shown), status)


def html(desk: Desk, template: str, **shown: Any) -> bytes:
    reader = desk.reader
    return set_in(pages(desk.language).get_template(template).render(desk=desk, reader=reader, today=desk.today, **shown))


def part(language: str, template: str, **shown: Any) -> Markup:
    """A piece of a page that depends on nothing but what it is given: it may be kept and shown to others."""
    return Markup(pages(language).get_template(template).render(shown))  # noqa: S704  escaped by the template


def answer(desk: Desk, fragment: str, *, to: str, status: int = 200, **shown: Any) -> Response:
    """What follows an act: the fragment for htmx, a redirect to where it stands without script."""
    if desk.htmx:
        return page(desk, fragment, status, **shown)
    return RedirectResponse(f"/{desk.language}{to}", 303)


@lru_cache
def _static_version() -> str:
    files = sorted(path for path in STATIC.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.relative_to(STATIC).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def static(name: str) -> str:
    """The address of a static file: it changes with the content of any, so that it can be kept for ever."""
    return f"/static/{_static_version()}/{name}"
