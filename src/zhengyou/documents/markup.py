"""WordprocessingML elements, made briefly and put in the order that Word insists on.

Word refuses a file whose properties stand in another order than the schema's, so the order is
kept here once and nobody else has to think of it.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from .blocks import Run
from .text import needs_chinese_font

#: An lxml element; lxml carries no types.
Element = Any

_ORDER = {
    "pPr": tuple(
        "pStyle keepNext keepLines pageBreakBefore widowControl pBdr tabs kinsoku wordWrap "  # noqa: SIM905
        "overflowPunct autoSpaceDE autoSpaceDN adjustRightInd snapToGrid spacing ind jc "
        "outlineLvl".split()
    ),
    "rPr": ("rStyle", "rFonts", "b", "bCs", "snapToGrid", "color", "spacing", "sz", "szCs", "lang"),
}


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """Return element ``w:tag`` with ``w:`` attributes; properties are sorted by the schema."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    order = _ORDER.get(tag)
    for child in sorted(children, key=lambda c: order.index(_name(c))) if order else children:
        # lxml moves an element that is appended twice; here it is meant twice.
        element.append(child if child.getparent() is None else deepcopy(child))
    return element


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def add_property(properties: Element, child: Element) -> None:
    """Put ``child`` into ``properties`` at its place; an element of its name is replaced."""
    order = _ORDER[_name(properties)]
    for other in properties.findall(child.tag):
        properties.remove(other)
    before = [c for c in properties if order.index(_name(c)) < order.index(_name(child))]
    properties.insert(len(before), child)


def switch(tag: str, on: bool = True) -> Element:
    """Return an on/off property, said outright either way."""
    return el(tag) if on else el(tag, val="0")


def run(text: str, style: str | None = None) -> Element:
    """Return ``text`` as a run; line breaks and tabs become Word's own.

    Args:
        text: without characters that XML forbids.
        style: id of a character style.
    """
    properties = [el("rStyle", val=style)] if style else []
    if needs_chinese_font(text):
        properties.append(el("rFonts", hint="eastAsia"))
    element = el("r", *([el("rPr", *properties)] if properties else []))
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            element.append(el("br"))
        for place, part in enumerate(line.split("\t")):
            if place:
                element.append(el("tab"))
            if part:
                element.append(_text(part))
    return element


def _text(text: str) -> Element:
    element = el("t")
    element.text = text
    element.set(qn("xml:space"), "preserve")
    return element


def runs(parts: Sequence[Run], style: str | None = None) -> list[Element]:
    """Return data runs as Word runs, the emphasised ones in the style for emphasis."""
    return [run(part.text, "Strong" if part.emphasis else style) for part in parts if part.text]


def paragraph(style: str, *content: Element | str, properties: Sequence[Element] = ()) -> Element:
    """Return a paragraph in ``style`` (an id); strings among ``content`` become runs."""
    children = [run(part) if isinstance(part, str) else part for part in content]
    return el("p", el("pPr", el("pStyle", val=style), *properties), *children)
