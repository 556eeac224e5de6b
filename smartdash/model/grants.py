"""What a grant asks for: drawdowns, proofs of use, the rule packs in force, what they need to know, and waivers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from smartdash.model.declare import (
    Amount,
    Choice,
    Day,
    MadeKeyRecord,
    Measure,
    Money,
    Number,
    Pick,
    Record,
    Reference,
    Sheet,
    Text,
)
from smartdash.model.shared import check_order

TOTAL = "total"
"""The scope of a waiver that accepts a breach of the whole and of no single year or phase."""


class ProofKind(Choice):
    """Whether a proof of use covers a part of the grant or all of it."""

    INTERIM = "interim", "Zwischennachweis", "interim proof"
    FINAL = "final", "Verwendungsnachweis", "final proof"


class Drawdown(Record):
    """A part of the grant that is called for, paid out and to be spent within a window."""

    sheet = Sheet(
        "drawdown",
        "Mittelabrufe",
        "Drawdowns",
        "money",
        "Abgerufene Fördermittel; Rückzahlungen mit Minus.",
        "Grant money called for; repayments are negative.",
    )
    title: Annotated[str, Text("Bezeichnung", "Title"), Field(max_length=200)]
    funding_source: Annotated[
        str, Reference("Finanzierungsquelle", "Funding source", to=("funding_source",), owner=True)
    ]
    amount: Annotated[Amount, Money("Betrag", "Amount")]
    planned_on: Annotated[date | None, Day("Geplant für", "Planned for")] = None
    requested_on: Annotated[date | None, Day("Angefordert am", "Requested on", reported=True)] = None
    paid_on: Annotated[date | None, Day("Ausgezahlt am", "Paid out on", reported=True)] = None
    use_by: Annotated[
        date | None,
        Day(
            "Zu verwenden bis",
            "To be used by",
            "Leer: nach der Frist der Regeln.",
            "Empty: by the window of the rules.",
        ),
    ] = None

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if not (self.planned_on or self.requested_on or self.paid_on):
            raise PydanticCustomError("drawdown_needs_day", "{field} is missing", {"field": "planned_on"})
        check_order(self.requested_on, self.paid_on, "paid_on")
        return self


class ProofOfUse(Record):
    """An interim or final proof of how grant money was used."""

    sheet = Sheet(
        "proof_of_use",
        "Verwendungsnachweise",
        "Proofs of use",
        "money",
        "Zwischen- und Verwendungsnachweise mit Fristen.",
        "Interim and final proofs of use with their deadlines.",
    )
    title: Annotated[str, Text("Bezeichnung", "Title"), Field(max_length=200)]
    kind: Annotated[ProofKind, Pick("Art", "Kind")]
    funding_source: Annotated[
        str | None, Reference("Finanzierungsquelle", "Funding source", to=("funding_source",), owner=True)
    ] = None
    period_start: Annotated[date | None, Day("Zeitraum von", "Period from")] = None
    period_end: Annotated[date | None, Day("Zeitraum bis", "Period to")] = None
    due_on: Annotated[date | None, Day("Fällig am", "Due on")] = None
    submitted_on: Annotated[date | None, Day("Eingereicht am", "Submitted on", reported=True)] = None
    accepted_on: Annotated[date | None, Day("Anerkannt am", "Accepted on", reported=True)] = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        check_order(self.period_start, self.period_end, "period_end")
        check_order(self.submitted_on, self.accepted_on, "accepted_on")
        return self


class RulePackUse(MadeKeyRecord):
    """A rule pack that binds the programme."""

    sheet = Sheet(
        "rule_pack_use",
        "Regelwerke",
        "Rule packs in use",
        "money",
        "Welche Regelwerke für das Programm gelten.",
        "Which rule packs bind the programme.",
        key_from=("pack",),
    )
    pack: Annotated[
        str,
        Text("Regelwerk", "Rule pack", "Schlüssel, zum Beispiel kfw436-2021.", "Key, such as kfw436-2021."),
        Field(max_length=60),
    ]
    reason: Annotated[str | None, Text("Warum es gilt", "Why it binds", long=True)] = None


class RuleParameter(MadeKeyRecord):
    """A value or day that a rule needs to know, from a day on."""

    sheet = Sheet(
        "rule_parameter",
        "Angaben zu Regeln",
        "Rule parameters",
        "money",
        "Was die Regeln wissen müssen: Förderquote, Bescheid, Fristen. Fehlt es, ist die Regel nicht prüfbar.",
        "What rules need to know: rate, notice, periods. Without it a rule cannot be checked.",
        key_from=("name", "valid_from"),
    )
    name: Annotated[str, Text("Angabe", "Parameter"), Field(max_length=60)]
    value: Annotated[Measure | None, Number("Wert", "Value", "Anteile in Prozent.", "Shares in per cent.")] = None
    day: Annotated[date | None, Day("Tag", "Day")] = None
    valid_from: Annotated[date | None, Day("Gültig ab", "Valid from")] = None
    note: Annotated[str | None, Text("Anmerkung", "Note", long=True)] = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.value is None) == (self.day is None):
            raise PydanticCustomError("parameter_value_or_day", "{field}: one of two", {"field": "value"})
        return self


class Waiver(Record):
    """A breach of a rule that somebody has accepted, with the reason."""

    sheet = Sheet(
        "waiver",
        "Ausnahmen von Regeln",
        "Waivers",
        "money",
        "Hingenommene Abweichungen mit Grund und Entscheidung; sie bleiben sichtbar.",
        "Accepted deviations with reason and decision; they stay visible.",
        reported_on="approved_on",
    )
    rule: Annotated[str, Text("Regel", "Rule"), Field(max_length=120)]
    scope: Annotated[
        str | None,
        Text(
            "Bereich",
            "Scope",
            "Jahr, Phase oder Nummer, wie die Regel sie nennt; total: nur insgesamt; leer: überall.",
            "Year, phase or code as the rule names it; total: only the whole; empty: everywhere.",
        ),
        Field(max_length=120),
    ] = None
    plan_version: Annotated[
        str | None,
        Reference("Planfassung", "Plan version", "Leer: jede.", "Empty: any.", to=("plan_version",), owner=True),
    ] = None
    reason: Annotated[str, Text("Grund", "Reason", long=True)]
    approved_by: Annotated[str, Text("Entschieden von (Rolle)", "Approved by (role)"), Field(max_length=120)]
    approved_on: Annotated[date, Day("Entschieden am", "Approved on")]
    decision: Annotated[str | None, Reference("Beschluss", "Decision", to=("paper",))] = None
    valid_until: Annotated[date | None, Day("Gilt bis", "Valid until")] = None
