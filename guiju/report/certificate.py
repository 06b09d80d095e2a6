"""A certificate as a file, and back: every field has one spelling; a file that says anything else is none."""

from __future__ import annotations

from dataclasses import asdict, replace

from pydantic import ValidationError

from guiju.engine.reasoning.planning.certificate import Certificate, Cost, Stage
from guiju.exchange.node import Data
from guiju.report.plan_model import CertificateModel, StageModel


def written(certificate: Certificate) -> str:
    """A certificate as JSON."""
    return _model(certificate).model_dump_json(indent=1) + "\n"


def _model(certificate: Certificate) -> CertificateModel:
    choices = list(map(_model, certificate.choices))
    told = asdict(replace(certificate, choices=()))
    return CertificateModel(guiju="plan-certificate/1", **{**told, "choices": choices})


def read(data: Data) -> Certificate | str:
    """The certificate that the data of a JSON file is; the path of what is not of its form."""
    try:
        model = CertificateModel.model_validate(data, strict=True)
    except ValidationError as error:
        return "/".join(map(str, error.errors()[0]["loc"])) or "guiju"
    return _certificate(model)


def _certificate(model: CertificateModel) -> Certificate:
    first = {later: tuple(sooner) for later, sooner in model.first.items()}
    told = model.model_dump(exclude={"guiju", "course", "choices", "wanted", "pinned", "first"})
    return Certificate(
        **told,
        wanted=tuple(model.wanted),
        pinned=tuple(model.pinned),
        first=first,
        course=tuple(map(_stage, model.course)),
        choices=tuple(map(_certificate, model.choices)),
    )


def _stage(model: StageModel) -> Stage:
    least = tuple(Cost(tuple(row.state), row.cost) for row in model.least)
    return Stage(tuple(model.of), tuple(map(_stage, model.within)), least)
