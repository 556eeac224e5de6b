"""The rules of a programme judged on its scope: which packs bind it, what they are judged on, and what they find."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from smartdash.analysis.budget import total_by
from smartdash.analysis.rules import PlanFacts, RuleResult, evaluate
from smartdash.figures.plans import version_in_force
from smartdash.model.appropriations import BudgetCarryOver
from smartdash.model.grants import Drawdown, ProofOfUse, RulePackUse, RuleParameter, Waiver
from smartdash.model.money import CostLine, FundingSource, PlanVersion
from smartdash.model.rule_packs import RulePack
from smartdash.model.schedule import Phase
from smartdash.model.spending import Contract, PersonDayBudget, Posting, VatRate
from smartdash.store import Reader
from smartdash.store.plan_queries import stated_totals
from smartdash.store.queries import allocated_funding, open_commitments, planned_costs
from smartdash.store.rule_packs import EVERYWHERE, rule_packs


def rule_results(reader: Reader, version: PlanVersion | None = None) -> tuple[RuleResult, ...]:
    """Every rule that binds the scope's programme, judged on a plan version (None: the one in force).

    Raises:
        RulePackBroken: a rule pack's file cannot be used.
    """
    judged = version or version_in_force(reader)
    packs = packs_in_use(reader)
    question = ("rule_results", judged.key if judged else None)
    return reader.remembered(question, lambda: evaluate(packs, plan_facts(reader, judged)))


def packs_in_use(reader: Reader) -> list[RulePack]:
    """The pack that binds every programme, then those the programme names and that exist."""
    known = rule_packs()
    return [known[key] for key in (EVERYWHERE, *_named(reader)) if key in known]


def missing_packs(reader: Reader) -> list[str]:
    """The packs that the programme names although there are none of that name; none of their rules is checked."""
    return [key for key in _named(reader) if key not in rule_packs()]


def _named(reader: Reader) -> list[str]:
    return [use.pack for use in reader.all(RulePackUse) if use.pack != EVERYWHERE]


def plan_facts(reader: Reader, version: PlanVersion | None = None) -> PlanFacts:
    """What the rules are judged on: a plan version (None: the one in force) and the actual figures of the scope."""
    planned = planned_facts(reader, version)
    return replace(
        planned,
        stated=stated_totals(reader, planned.version.key if planned.version else ""),
        postings=reader.all(Posting),
        committed=_committed(reader),
        drawdowns=reader.all(Drawdown),
        proofs=reader.all(ProofOfUse),
        carry_overs=reader.all(BudgetCarryOver),
        waivers=reader.all(Waiver),
        contracts=reader.all(Contract),
        person_days=reader.all(PersonDayBudget),
        vat_rates=reader.all(VatRate),
    )


def planned_facts(reader: Reader, version: PlanVersion | None = None) -> PlanFacts:
    """The plan's part of `plan_facts`: what limits on cost and funding look at, without anything actual."""
    version = version or version_in_force(reader)
    key = version.key if version else ""
    return PlanFacts(
        as_of=reader.scope.as_of,
        version=version,
        lines=reader.all(CostLine),
        costs=planned_costs(reader, key),
        funders=reader.all(FundingSource),
        funding=allocated_funding(reader, key),
        phases=reader.all(Phase),
        parameters=reader.all(RuleParameter),
    )


def _committed(reader: Reader) -> dict[tuple[str, int], Decimal]:
    return total_by(((item.key, item.year), item.amount) for item in open_commitments(reader))
