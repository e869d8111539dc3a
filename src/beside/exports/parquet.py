"""Parquet: rows in row groups, read and written with pyarrow, which is only loaded when it is needed."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from beside.exports import columns
from beside.exports.encoding import Survey
from beside.exports.records import scalar
from beside.exports.rows import Entry, ExportError, Json, Message, Unit, Unreadable, one, readable

_BATCH = 1024


class Parquet:
    """A Parquet file; see `rows.Export`. What is written has the same schema, metadata and compression."""

    kind = "parquet"

    def __init__(self, survey: Survey, text_column: str | None) -> None:
        self._survey = survey
        self._pa, self._pq = _pyarrow(survey.path.name)
        self._done = 0
        self._rows = 0
        self._columns = self._find(text_column)
        self.notes: tuple[str, ...] = ()

    def position(self) -> int:
        """See `rows.Export`; in proportion to the rows read."""
        return self._survey.size * self._done // max(1, self._rows)

    def units(self) -> Iterator[Unit]:
        """See `rows.Export`. The rows of a damaged row group are unreadable, one by one."""
        self._done = 0
        for batch, rows in self._batches():
            found = _rows(batch) if batch is not None else [None] * rows
            for row in found:
                self._done += 1
                yield one(self._entry(row, self._done), "")

    def write(self, keep: Iterator[bool], out: BinaryIO) -> None:
        """See `rows.Export`; a row group for a row group."""
        with self._pq.ParquetFile(self._survey.path) as file:
            compression = _compression(file)
            schema = file.schema_arrow
        with self._pq.ParquetWriter(out, schema, compression=compression) as writer:
            for batch, rows in self._batches():
                mask = self._pa.array([next(keep) for _ in range(rows)], self._pa.bool_())
                if batch is not None and mask.true_count:
                    writer.write_batch(batch.filter(mask))

    def _batches(self) -> Iterator[tuple[Any, int]]:
        """Batches of rows; for what is damaged no batch, but how many rows there should be."""
        with self._pq.ParquetFile(self._survey.path) as file:
            for group in range(file.num_row_groups):
                left = file.metadata.row_group(group).num_rows
                try:
                    for batch in file.iter_batches(_BATCH, row_groups=[group]):
                        left -= batch.num_rows
                        yield batch, batch.num_rows
                except (OSError, ValueError):
                    pass
                if left:
                    yield None, left

    def _find(self, text_column: str | None) -> columns.Columns:
        try:
            with self._pq.ParquetFile(self._survey.path) as file:
                self._rows = file.metadata.num_rows
                schema = file.schema_arrow
        except (OSError, ValueError) as error:
            raise ExportError(f"{self._survey.path.name} is damaged and cannot be opened: {error}") from None
        found = columns.find(schema.names, text_column, self._survey.path.name)
        if schema.names.count(found.text) > 1:
            raise ExportError(
                f'{self._survey.path.name} has more than one column named "{found.text}". '
                "Give them different names, and say which holds the messages: --text-column NAME"
            )
        kind = str(schema.field(found.text).type)
        if not kind.removeprefix("dictionary<values=").removeprefix("large_").startswith("string"):
            raise ExportError(
                f'The column "{found.text}" of {self._survey.path.name} holds {kind}, not text. '
                "Say which column holds the messages: --text-column NAME"
            )
        return found

    def _entry(self, row: dict[str, Any] | None, number: int) -> Entry:
        if row is None:
            return Unreadable(number, "this part of the file is damaged", "")
        plain: dict[str, Json] = {name: _plain(value) for name, value in row.items()}
        return Message(
            text=readable(row[self._columns.text] or ""),
            row=dict(plain),
            line=number,
            author=scalar(plain.get(self._columns.author)),
            date=scalar(plain.get(self._columns.date)),
        )


def _rows(batch: Any) -> list[dict[str, Any] | None]:
    """The rows of a batch; where Python has no value for something, one by one."""
    try:
        rows: list[dict[str, Any] | None] = batch.to_pylist()
    except (ValueError, OverflowError):
        return [_row(batch, number) for number in range(batch.num_rows)]
    return rows


def _row(batch: Any, number: int) -> dict[str, Any] | None:
    """One row, with what Python has no value for as text; None if a text in it is damaged."""
    row = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            row[name] = column[number].as_py()
        except UnicodeDecodeError:
            return None
        except (ValueError, OverflowError):
            row[name] = _as_text(column[number])
    return row


def _as_text(value: Any) -> str:
    """A moment finer or further away than Python's: a number, or its date where it has one."""
    try:
        return str(value.cast("string").as_py())
    except (ValueError, OverflowError, NotImplementedError):
        return str(getattr(value, "value", ""))


def _plain(value: Any) -> Json:
    """A cell as JSON; what JSON has no word for as text."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, list):
        return [_plain(held) for held in value]
    if isinstance(value, dict):
        return {str(name): _plain(held) for name, held in value.items()}
    return readable(value.isoformat() if hasattr(value, "isoformat") else str(value))


def _compression(file: Any) -> str:
    if file.num_row_groups == 0 or file.metadata.num_columns == 0:
        return "snappy"
    name = str(file.metadata.row_group(0).column(0).compression).lower()
    return "none" if name == "uncompressed" else name


def _pyarrow(name: str) -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError:
        raise ExportError(
            f"{name} is a Parquet file, which needs pyarrow. Install it with: pip install 'beside[parquet]'"
        ) from None
