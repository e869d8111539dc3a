"""Parquet."""

from __future__ import annotations

import io
import sys

import pytest

from beside.exports import ExportError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def table(**columns):
    out = io.BytesIO()
    made = pa.table(columns).replace_schema_metadata({"made": "by hand"})
    pq.write_table(made, out, row_group_size=2, compression="zstd")
    return out.getvalue()


def test_rows_that_stay_keep_schema_metadata_and_compression(desk):
    data = table(
        id=[1, 2, 3, 4, 5], text=["love", "bad", None, "bad", "é"], score=[0.5, None, 2.0, 1.0, float("nan")]
    )
    export = desk.open("a.parquet", data)
    assert [(e.text, e.line) for e in desk.entries(export)] == [
        ("love", 1),
        ("bad", 2),
        ("", 3),
        ("bad", 4),
        ("é", 5),
    ]
    assert desk.entries(export)[4].row == {"id": 5, "text": "é", "score": "nan"}
    left = pq.ParquetFile(io.BytesIO(desk.rewritten(export)))
    whole = pq.ParquetFile(io.BytesIO(data))
    assert left.read().column("id").to_pylist() == [1, 3, 5]
    assert left.schema_arrow.equals(whole.schema_arrow, check_metadata=True)
    assert left.metadata.row_group(0).column(0).compression == "ZSTD"


def test_a_damaged_row_group_costs_its_own_rows(desk):
    data = bytearray(table(text=["one", "two", "three", "four"]))
    place = data.index(b"\x28\xb5\x2f\xfd")
    data[place : place + 4] = b"XXXX"
    export = desk.open("a.parquet", bytes(data))
    assert desk.texts(export) == ["three", "four"]
    assert desk.unreadable(export) == [
        (1, "this part of the file is damaged"),
        (2, "this part of the file is damaged"),
    ]
    assert pq.read_table(io.BytesIO(desk.rewritten(export))).column("text").to_pylist() == ["three", "four"]


def test_it_says_what_to_do(desk, monkeypatch):
    with pytest.raises(ExportError, match="holds int64, not text"):
        desk.open("a.parquet", table(text=[1]))
    with pytest.raises(ExportError, match="is damaged and cannot be opened"):
        desk.open("b.parquet", b"PAR1 and no more")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportError, match=r"pip install 'beside\[parquet\]'"):
        desk.open("c.parquet", table(text=["a"]))
