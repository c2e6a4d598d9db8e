"""Turns a template and what it shows into an answer."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer

from relais import country, i18n
from relais.settings import settings
from web import vocabulary
from web.desk import Desk

HERE = Path(__file__).parent
TEMPLATES, STATIC = HERE / "templates", HERE / "static"


class _Translate(NodeTransformer):
    """Replaces `_("words")` by its translation when the template is compiled, so that nothing is looked up while rendering."""

    def __init__(self, language: str) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  the visitor's own naming
        self.generic_visit(node)
        plain = isinstance(node.node, nodes.Name) and node.node.name == "_" and len(node.args) == 1 and not node.kwargs
        if plain and isinstance(node.args[0], nodes.Const):
            return nodes.Const(i18n.say(self.language, node.args[0].value), lineno=node.lineno)
        return node


class _Pages(Environment):
    language = i18n.DEFAULT

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        translated: nodes.Template = _Translate(self.language).visit(tree)
        return translated


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
        count=lambda one, many, n: i18n.counted(language, one, many, n),
        lang=language,
        other_lang="en" if language == "fr" else "fr",
        at=lambda path: f"/{language}{path}",
        static=static,
        said=lambda row, field: i18n.said(row, field, language),
        term_half=lambda term: i18n.half(term.year, term.half, language),
        the=lambda code, name: country.the(code, name, language),
        of_the=lambda code, name: country.of(code, name, language),
        to_the=lambda code, name: country.to(code, name, language),
        base_url=settings().base_url,
    )
    environment.globals.update(vocabulary.globals_for(language))
    environment.filters.update(
        day=lambda value: i18n.day(value, language),
        long_day=lambda value: i18n.long_day(value, language),
        moment=lambda value: i18n.moment(value, language),
        partial=lambda value: i18n.partial(value, language),
        number=lambda value: i18n.number(value, language),
        language_name=lambda code: i18n.language_name(code, language),
    )
    return environment


def page(desk: Desk, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """A whole page, or a fragment when `template` begins with `_`."""
    return HTMLResponse(html(desk, template, **shown), status)


def html(desk: Desk, template: str, **shown: Any) -> str:
    reader = desk.reader
    return pages(desk.language).get_template(template).render(desk=desk, reader=reader, today=desk.today, **shown)


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
    return digest.hexdigest()[:12]


def static(name: str) -> str:
    """The address of a static file: it changes with the content of any, so that it can be kept for ever."""
    return f"/static/{_static_version()}/{name}"
