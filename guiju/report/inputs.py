"""Inputs as they are chosen, by address: for people, and for programs."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.compiler.ir import Input, Value
from guiju.dsl.diagnostic import Language
from guiju.engine.evaluate import Assessment
from guiju.report.heads import Heads
from guiju.report.layout import list_text
from guiju.report.words import plain


def inputs_text(assessment: Assessment, inputs: Mapping[str, Value], language: Language) -> str:
    """Inputs with what they are chosen to be."""
    heads, told = Heads(assessment, language), []
    for address, value in inputs.items():
        subject = assessment.network.node(address).subject
        assert isinstance(subject, Input)
        told.append(f"{subject.label.in_language(language)} = {heads.of_fact(subject, value)}")
    return list_text(told, language)


def inputs_model(inputs: Mapping[str, Value]) -> dict[str, str]:
    """The same by name, as programs read it."""
    return {address.removeprefix("input:"): plain(value) for address, value in inputs.items()}
