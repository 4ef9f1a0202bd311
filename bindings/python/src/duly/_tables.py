"""Determinations as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Iterator, Optional, Protocol

if TYPE_CHECKING:
    import pyarrow


class ArrowRows(Protocol):
    """What has the stream side of the Arrow PyCapsule interface: tables of pyarrow, relations of DuckDB, ..."""

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...


class DeterminationStream:
    """What was decided, a row for each unit or person, in the order of the households: give it to `pyarrow.table`, to DuckDB, or to whatever else
    reads `__arrow_c_stream__`; or use `read_all` and iteration, which need pyarrow. It is decided while it is read, and read once."""

    def __init__(self, capsule: object) -> None:
        self._capsule: Optional[object] = capsule

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The stream, which belongs to whoever takes it. Raises ValueError where it was taken before."""
        capsule, self._capsule = self._capsule, None
        if capsule is None:
            raise ValueError("these determinations were read before; call determine_tables again")
        return capsule

    def reader(self) -> "pyarrow.RecordBatchReader":
        """As a pyarrow.RecordBatchReader."""
        import pyarrow

        return pyarrow.RecordBatchReader.from_stream(self)

    def read_all(self) -> "pyarrow.Table":
        """Decides all of it: a pyarrow.Table."""
        return self.reader().read_all()

    def __iter__(self) -> Iterator["pyarrow.RecordBatch"]:
        return iter(self.reader())

    def __repr__(self) -> str:
        return "<duly.DeterminationStream, read>" if self._capsule is None else "<duly.DeterminationStream, not read yet>"
