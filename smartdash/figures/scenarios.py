"""The figures of scenarios: one that is tried out, own share side by side, and what each scenario assumes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smartdash.figures.catalogue import choice, figure
from smartdash.figures.figure import Draft, Option, Row, TableColumn
from smartdash.figures.headings import heading
from smartdash.figures.plans import named, no_plan, version_in_force
from smartdash.figures.scenario_comparison import comparison, own_text
from smartdash.figures.scenario_data import NEVER, Base, Variant, computed, read_base, saved, standard, the_plan
from smartdash.figures.scenario_options import tried_options, tried_out
from smartdash.figures.scenario_words import assumption_texts, title_of
from smartdash.locale import Words
from smartdash.locale.numbers import EMPTY, euro
from smartdash.model.money import PlanVersion
from smartdash.model.scenarios import Scenario
from smartdash.store import Reader

_NEEDS = ("cost_amount", "funding_amount")


@figure("scenarios.try_out", page="scenarios", needs=_NEEDS, options=("rate", "caps", "delay", "prices"))
def try_out(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Own share per year under assumptions that nobody has saved, beside the plan in force."""
    base = read_base(reader)
    if base is None:
        return no_plan(say)
    assumed = tried_out(base, chosen)
    variants = [the_plan(base, say)]
    if not assumed.empty:
        texts = assumption_texts(assumed.scenario, assumed.prices, base.lines, say)
        variants.append(computed(base, assumed.scenario, assumed.prices, "tried", title_of(texts)))
    return comparison(base, variants, say, tried_options(assumed, base.lines, say))


@figure("scenarios.own_share", page="scenarios", needs=_NEEDS, options=("version", "compare"))
def own_share(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Draft:
    """Own share per year of a plan version and of each scenario on top of it."""
    version = _version(reader, say, chosen)
    base = read_base(reader, next((item for item in reader.all(PlanVersion) if item.key == version.chosen), None))
    if base is None:
        return no_plan(say)
    known, asked = saved(reader, base), standard(reader, base, say)
    compare = _compare(known, asked, say, chosen)
    shown = {"saved": known, "computed": asked, "all": [*known, *asked]}.get(compare.chosen) or [
        item for item in (*known, *asked) if item.key == compare.chosen
    ]
    return comparison(base, [the_plan(base, say), *shown], say, (version, compare))


@figure("scenarios.assumptions", page="scenarios", needs=_NEEDS)
def assumptions(reader: Reader, say: Words) -> Draft:
    """What each saved scenario and each standard question assumes, what limits take away, and what it changes."""
    base = read_base(reader)
    if base is None:
        return no_plan(say)
    others = [version for version in reader.all(PlanVersion) if version.key != base.version.key]
    bases = [base, *(other for version in others if (other := _with_saved(reader, version)))]
    kept = [(on, item) for on in bases for item in saved(reader, on)]
    asked = [(base, item) for item in standard(reader, base, say)]
    message = say("scenarios.assumed", n=len(kept)) if kept else say("scenarios.none_saved")
    return Draft(
        message=message,
        columns=_card_columns(say),
        rows=tuple(_card(on, item, say) for on, item in (*kept, *asked)),
        note=say("scenarios.method", giver=base.plan.grant_kind().label(say.lang)),
        cards=True,
    )


def _with_saved(reader: Reader, version: PlanVersion) -> Base | None:
    """A version that is not in force, where somebody has saved a scenario on top of it."""
    used = any(item.plan_version == version.key for item in reader.all(Scenario))
    return read_base(reader, version) if used else None


def _version(reader: Reader, say: Words, chosen: Mapping[str, str]) -> Option:
    versions = {version.key: named(version, say) for version in reader.all(PlanVersion)}
    if current := version_in_force(reader):
        versions = {current.key: versions[current.key], **versions}
    return choice("version", heading(Scenario, "plan_version", say), versions or {"": EMPTY}, chosen)


def _compare(known: Sequence[Variant], asked: Sequence[Variant], say: Words, chosen: Mapping[str, str]) -> Option:
    groups = {"computed": say("scenarios.compare_computed")}
    if known:
        groups = {"saved": say("scenarios.compare_saved"), **groups, "all": say("scenarios.compare_all")}
    single = {item.key: item.title for item in (*known, *asked)}
    return choice("compare", say("scenarios.compare"), {**groups, **single}, chosen)


def _card_columns(say: Words) -> tuple[TableColumn, ...]:
    return (
        TableColumn("scenario", say("scenarios.scenario")),
        TableColumn("assumed", say("scenarios.assumptions")),
        TableColumn("consequence", say("scenarios.effect")),
        TableColumn("cuts", say("scenarios.cuts")),
        TableColumn("note", heading(Scenario, "note", say)),
        TableColumn("version", heading(Scenario, "plan_version", say)),
        TableColumn("saved_by", heading(Scenario, "saved_by", say)),
        TableColumn("saved_on", heading(Scenario, "saved_on", say), "day"),
    )


def _card(base: Base, item: Variant, say: Words) -> Row:
    scenario = item.scenario
    if scenario is None:
        raise ValueError("the plan has no assumptions")
    texts = assumption_texts(scenario, item.prices, base.lines, say)
    kept = scenario.saved_on != NEVER
    return (
        item.title if kept else say("scenarios.computed_title", title=item.title),
        "; ".join(texts) or say("scenarios.as_planned"),
        own_text(base, item, say),
        "; ".join(_cut_texts(base, item, say)) or None,
        scenario.note,
        named(base.version, say),
        scenario.saved_by,
        scenario.saved_on if kept else None,
    )


def _cut_texts(base: Base, item: Variant, say: Words) -> list[str]:
    """What each limit took away: "Externe Beratung höchstens ein Drittel (Umsetzungsphase): …"."""
    texts = []
    for cut in item.found.cuts:
        rule, place = base.rules[cut.rule].title(say.lang), base.phases.get(cut.place, cut.place)
        amount = euro(cut.amount, say.lang, cents=True)
        told = say("scenarios.cut_grant" if cut.of_grant else "scenarios.cut_cost", amount=amount)
        texts.append(f"{rule} ({place}): {told}" if place else f"{rule}: {told}")
    return texts
