"""The theme's templates, specialised for one configuration when they are compiled.

Most of what a template of Material decides, it decides by the configuration: the
same way on every page. That is decided once here: a known condition leaves one of
its branches, a known value stands for its expression, and a partial that looks at
nothing else is included as the text it renders to. What pages show stays the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from jinja2 import Environment, TemplateNotFound, UndefinedError, meta, nodes
from jinja2.visitor import NodeTransformer
from mkdocs.config.defaults import MkDocsConfig

_WORDS = "partials/language.html"
# These are set for each site and each page.
_CHANGING = {"site_name", "site_author", "nav"}
_OF_THE_PAGE = {"url", "script_tag"}
_COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "in": lambda one, other: one in other,
    "notin": lambda one, other: one not in other,
    "eq": lambda one, other: one == other,
    "ne": lambda one, other: one != other,
}


class _UnknownError(Exception):
    """A value that depends on the page."""


class Words:
    """The words of the interface, each looked up once: stands for Material's macros."""

    def __init__(self, macros: Any) -> None:  # noqa: ANN401 - a module of a template
        self._macros = macros
        self._known: dict[str, str] = {}

    def t(self, key: str) -> str:
        """Give the word for a key."""
        if key not in self._known:
            self._known[key] = str(self._macros.t(key))
        return self._known[key]


class SpecialisedEnvironment(Environment):
    """An environment whose templates know the configuration."""

    @classmethod
    def of(cls, plain: Environment, config: MkDocsConfig) -> SpecialisedEnvironment:
        """Specialise the environment of a theme."""
        made: SpecialisedEnvironment = plain.overlay()  # type: ignore[assignment]
        made.__class__ = cls
        made.plain, made.config = plain, config
        made.words = Words(plain.get_template(_WORDS, None, {"config": config}).module)
        made.globals = {**plain.globals, "lang": made.words}
        return made

    plain: Environment
    config: MkDocsConfig
    words: Words

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parsed = super()._parse(source, name, filename)
        specialised: nodes.Template = _Specialiser(self).visit(parsed)
        return specialised


class _Specialiser(NodeTransformer):
    """Decides in one template what can be decided."""

    def __init__(self, environment: SpecialisedEnvironment) -> None:
        self._environment = environment
        config = environment.config
        self._known = {
            "config": config,
            "lang": environment.words,
            "features": config.theme.get("features") or [],
        }
        self._assigned: dict[str, Any] = {}

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: ANN401
        """Put the value in the place of an expression that is known."""
        if isinstance(node, nodes.Expr) and not isinstance(node, (nodes.Const, nodes.Name)):
            try:
                value = self._value(node)
            except _UnknownError:
                pass
            else:
                if isinstance(value, (str, int, float)) or value is None:
                    return nodes.Const(value, lineno=node.lineno, environment=node.environment)
        return super().generic_visit(node, *args, **kwargs)

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        """Leave the branch that is taken."""
        try:
            taken = self._value(node.test)
        except _UnknownError:
            return self._inside(node)
        if taken:
            return self._all(node.body)
        if not node.elif_:
            return self._all(node.else_)
        first, *rest = node.elif_
        return self._all([nodes.If(first.test, first.body, rest, node.else_, lineno=node.lineno)])

    def visit_Assign(self, node: nodes.Assign) -> nodes.Node:  # noqa: N802
        """Remember what a variable is from here on."""
        visited = self.generic_visit(node)
        for one in _assigned_in(node):
            self._assigned.pop(one, None)
        if isinstance(node.target, nodes.Name):
            with suppress(_UnknownError):
                self._assigned[node.target.name] = self._value(node.node)
        return visited

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        """Forget what may be another value the next time round."""
        return self._inside(node)

    visit_Macro = visit_Block = visit_CallBlock = visit_With = visit_FilterBlock = visit_For  # noqa: N815

    def _inside(self, node: nodes.Node) -> nodes.Node:
        """Visit something of which it is not known whether, when or how often it is passed."""
        changed = _assigned_in(node)
        before = {name: one for name, one in self._assigned.items() if name not in changed}
        is_apart = isinstance(node, (nodes.Macro, nodes.Block))
        for name, value in node.iter_fields():
            self._assigned = {} if is_apart else dict(before)
            if isinstance(value, list):
                setattr(node, name, self._all(value))
            elif isinstance(value, nodes.Node):
                setattr(node, name, self.visit(value))
        self._assigned = before
        return node

    def visit_Import(self, node: nodes.Import) -> nodes.Node | None:  # noqa: N802
        """Leave out the words: they are there under the same name."""
        if isinstance(node.template, nodes.Const) and node.template.value == _WORDS:
            return None
        return self.generic_visit(node)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802
        """Put the text in the place of a partial that is the same on every page."""
        try:
            name = self._value(node.template)
            text = self._text(name)
        except _UnknownError:
            return self.generic_visit(node)
        return nodes.Output([nodes.TemplateData(text)], lineno=node.lineno)

    def _all(self, body: Iterable[nodes.Node]) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        for one in body:
            visited = self.visit(one)
            found += visited if isinstance(visited, list) else [visited] if visited else []
        return found

    def _text(self, name: str) -> str:
        """Render a partial that looks at the configuration only."""
        plain = self._environment.plain
        try:
            source = plain.loader.get_source(plain, name)[0]  # type: ignore[union-attr]
        except TemplateNotFound:
            raise _UnknownError from None
        parsed = plain.parse(source)
        looked_at = meta.find_undeclared_variables(parsed) - set(plain.globals)
        changing = any(one.attr in _CHANGING for one in parsed.find_all(nodes.Getattr))
        of_page = any(one.name in _OF_THE_PAGE for one in parsed.find_all(nodes.Filter))
        if not looked_at <= set(self._known) or changing or of_page:
            raise _UnknownError
        inner: tuple[Any, ...] = (nodes.Include, nodes.Import, nodes.FromImport)
        for one in parsed.find_all(inner):
            if isinstance(one.template, nodes.Const):
                self._text(one.template.value)
            elif not _is_icon(one.template):
                raise _UnknownError
        return plain.get_template(name).render(self._known)

    def _value(self, node: nodes.Node) -> Any:  # noqa: ANN401
        """Work an expression out. Raises `_UnknownError` when it depends on the page."""
        work = getattr(self, f"_value_of_{type(node).__name__.lower()}", None)
        if work is None:
            raise _UnknownError
        try:
            return work(node)
        except (UndefinedError, TypeError, AttributeError):
            # What a template never comes to do may make no sense for this configuration.
            raise _UnknownError from None

    def _value_of_const(self, node: nodes.Const) -> Any:  # noqa: ANN401
        return node.value

    def _value_of_name(self, node: nodes.Name) -> Any:  # noqa: ANN401
        if node.ctx == "load" and node.name in self._assigned:
            return self._assigned[node.name]
        if node.ctx != "load" or node.name not in self._known:
            raise _UnknownError
        return self._known[node.name]

    def _value_of_getattr(self, node: nodes.Getattr) -> Any:  # noqa: ANN401
        value = self._value(node.node)
        if value is self._environment.config and node.attr in _CHANGING:
            raise _UnknownError
        return self._environment.getattr(value, node.attr)

    def _value_of_getitem(self, node: nodes.Getitem) -> Any:  # noqa: ANN401
        return self._environment.getitem(self._value(node.node), self._value(node.arg))

    def _value_of_call(self, node: nodes.Call) -> Any:  # noqa: ANN401
        words = self._environment.words
        if node.args and self._value(node.node) == words.t and len(node.args) == 1:
            return words.t(self._value(node.args[0]))
        raise _UnknownError

    def _value_of_filter(self, node: nodes.Filter) -> Any:  # noqa: ANN401
        if node.name != "attr" or len(node.args) != 1 or node.node is None:
            raise _UnknownError
        return getattr(self._value(node.node), self._value(node.args[0]))

    def _value_of_not(self, node: nodes.Not) -> bool:
        return not self._value(node.node)

    def _value_of_and(self, node: nodes.And) -> Any:  # noqa: ANN401
        return self._value(node.left) and self._value(node.right)

    def _value_of_or(self, node: nodes.Or) -> Any:  # noqa: ANN401
        return self._value(node.left) or self._value(node.right)

    def _value_of_compare(self, node: nodes.Compare) -> Any:  # noqa: ANN401
        if len(node.ops) != 1 or node.ops[0].op not in _COMPARED:
            raise _UnknownError
        return _COMPARED[node.ops[0].op](self._value(node.expr), self._value(node.ops[0].expr))

    def _value_of_concat(self, node: nodes.Concat) -> str:
        return "".join(str(self._value(one)) for one in node.nodes)

    def _value_of_test(self, node: nodes.Test) -> bool:
        if node.args or node.name not in ("mapping", "iterable", "defined"):
            raise _UnknownError
        test: Any = self._environment.tests[node.name]
        return bool(test(self._value(node.node)))


def _assigned_in(node: nodes.Node) -> set[str]:
    return {one.name for one in node.find_all(nodes.Name) if one.ctx != "load"}


def _is_icon(name: nodes.Node) -> bool:
    """An icon of Material is a picture and nothing else, whichever it is."""
    if not isinstance(name, nodes.Concat) or not isinstance(name.nodes[0], nodes.Const):
        return False
    return bool(name.nodes[0].value == ".icons/")
