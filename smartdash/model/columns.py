"""Many records of one type, kept as columns, for files of a hundred thousand rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, overload

from smartdash.model.declare import Record, fields


class RecordColumns(Sequence[Record]):
    """Valid records of one type; each is made only where somebody looks at it.

    `columns` holds the values of the fields that the file fills, the key among them; the others have their default.
    """

    def __init__(self, record: type[Record], programme: str, columns: Mapping[str, Sequence[Any]]) -> None:
        self.record = record
        self.programme = programme
        self.columns = columns

    def column(self, name: str) -> Sequence[Any]:
        """The values of one field, in the order of the records."""
        if name in self.columns:
            return self.columns[name]
        default = next(one.default for one in fields(self.record) if one.name == name)
        return [default] * len(self)

    def __len__(self) -> int:
        return len(self.columns["key"])

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        values = {name: column[index] for name, column in self.columns.items()}
        return self.record.model_construct(None, programme=self.programme, **values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]
