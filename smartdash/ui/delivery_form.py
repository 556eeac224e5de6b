"""The form that keeps what one side provides and another waits for."""

from __future__ import annotations

from typing import Any

from smartdash.analysis.condensing import Refusal
from smartdash.figures.headings import heading
from smartdash.model.schedule import Dependency
from smartdash.ui.project_stock import Stock
from smartdash.ui.questions import Make, ask_day, choose_one, new_record
from smartdash.ui.view import View


def ask_delivery(view: View, stock: Stock, subject: str | None) -> Make:
    """Ask who provides what waits, until when, and whether it is confirmed and provided."""
    say, known = view.say, stock.deliveries.get(subject or "")
    name = f"project_delivery_{subject}"
    provider = consumer = None
    if known is None:
        providers = {key: stock.names[key] for key in stock.providers}
        consumers = {key: stock.names[key] for key in stock.consumers}
        provider = choose_one(view, say("projects.provider"), providers, f"{name}_provider", "ui.choose")
        consumer = choose_one(view, say("projects.consumer"), consumers, f"{name}_consumer", "ui.choose")
    needed = ask_day(view, heading(Dependency, "needed_by", say), f"{name}_needed", known.needed_by if known else None)
    confirmed = ask_day(
        view,
        heading(Dependency, "confirmed_on", say),
        f"{name}_confirmed",
        known.confirmed_on if known else None,
        past=True,
    )
    provided = ask_day(view, heading(Dependency, "provided_on", say), f"{name}_provided", None, past=True)
    given: dict[str, Any] = {"needed_by": needed, "confirmed_on": confirmed, "provided_on": provided}

    def make() -> list[Any]:
        if known is not None:
            return [known.model_copy(update=given)]
        if provider is None or consumer is None or provider == consumer:
            raise Refusal("projects.parties_needed")
        if any((one.provider, one.consumer) == (provider, consumer) for one in stock.deliveries.values()):
            raise Refusal("projects.delivery_there")
        if settled := stock.provided.get((provider, consumer)):
            raise Refusal("projects.delivery_provided", day=settled)
        public = not {provider, consumer} & stock.hidden
        return [Dependency(**new_record(view), public=public, provider=provider, consumer=consumer, **given)]

    return make
