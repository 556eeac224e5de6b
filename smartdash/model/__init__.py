"""What exists: every record type, declared once."""

from __future__ import annotations

from types import MappingProxyType

from smartdash.model import committees, maturity, money, okr, projects, schedule, shared, structure, workshops
from smartdash.model.declare import Record

_TYPES: tuple[type[Record], ...] = (
    shared.Programme,
    shared.Source,
    shared.Unit,
    shared.FieldOfWork,
    structure.Role,
    structure.ReportingLine,
    shared.ContextEvent,
    shared.Municipality,
    schedule.Phase,
    schedule.Milestone,
    schedule.MilestoneForecast,
    schedule.Baseline,
    schedule.BaselineDate,
    schedule.Dependency,
    schedule.Deliverable,
    schedule.DeliverableContent,
    schedule.Allowance,
    schedule.AllowanceUse,
    workshops.Event,
    workshops.Attendance,
    workshops.Contribution,
    workshops.Consideration,
    workshops.StrategyElement,
    workshops.StateChange,
    workshops.Link,
    workshops.IndicatorValue,
    projects.Project,
    projects.StatusReport,
    projects.Impediment,
    okr.Cycle,
    okr.Objective,
    okr.KeyResult,
    okr.CheckIn,
    okr.Score,
    money.PlanVersion,
    money.CostLine,
    money.CostAmount,
    money.FundingSource,
    money.FundingAmount,
    money.StatedTotal,
    money.Contract,
    money.Commitment,
    money.Posting,
    money.PersonDayBudget,
    money.VatRate,
    money.Staffing,
    maturity.MaturityModel,
    maturity.Dimension,
    maturity.Criterion,
    maturity.LevelDescriptor,
    maturity.SurveyWave,
    maturity.Response,
    maturity.Indicator,
    maturity.Observation,
    committees.Committee,
    committees.CommitteeSession,
    committees.Paper,
    committees.Consultation,
)

RECORDS: MappingProxyType[str, type[Record]] = MappingProxyType({record.sheet.name: record for record in _TYPES})
"""Every record type by the name of its table, in the order of the sheets."""
