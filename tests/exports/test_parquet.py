"""Parquet."""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime

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


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())], ids=str
)
def test_text_of_any_make_is_text(desk, kind):
    export = desk.open("a.parquet", table(text=pa.array(["love", "bad"], pa.string()).cast(kind)))
    assert desk.texts(export) == ["love", "bad"]
    assert pq.read_table(io.BytesIO(desk.rewritten(export))).column("text").to_pylist() == ["love"]


@pytest.mark.parametrize(
    ("cells", "kind"), [([["a"]], "list<element: string>"), ([{"a": "x"}], "struct<a: string>")]
)
def test_a_column_of_lists_or_records_is_no_text(desk, cells, kind):
    with pytest.raises(ExportError) as error:
        desk.open("a.parquet", table(text=cells))
    assert str(error.value) == (
        f'The column "text" of a.parquet holds {kind}, not text. '
        "Say which column holds the messages: --text-column NAME"
    )


def test_two_columns_of_the_name_that_was_asked_for(desk):
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"]), out)
    with pytest.raises(ExportError) as error:
        desk.open("a.parquet", out.getvalue(), "text")
    assert str(error.value) == (
        'a.parquet has more than one column named "text". '
        "Give them different names, and say which holds the messages: --text-column NAME"
    )


def test_a_text_that_is_no_utf_8_costs_its_row_only(desk):
    raw = pa.array([b"love", b"\xff\xfe", b"kind"])
    text = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    export = desk.open("a.parquet", table(text=text, id=[1, 2, 3]))
    assert desk.texts(export) == ["love", "kind"]
    assert desk.unreadable(export) == [(2, "this part of the file is damaged")]
    assert pq.read_table(io.BytesIO(desk.rewritten(export))).column("id").to_pylist() == [1, 3]


def test_moments_finer_than_pythons_are_read(desk):
    fine = pa.array([1700000000000000001, None], pa.timestamp("ns"))
    export = desk.open("a.parquet", table(text=["love", "bad"], created_at=fine))
    assert [entry.date for entry in desk.entries(export)] == ["2023-11-14 22:13:20.000000001", ""]
    assert pq.read_table(io.BytesIO(desk.rewritten(export))).num_rows == 1


def test_cells_of_every_kind_are_kept_for_the_friend(desk):
    when = datetime(2026, 3, 1, 10, tzinfo=UTC)
    columns = {
        "when": pa.array([when]),
        "nested": [{"a": [1, None], "b": "x"}],
        "raw": [b"\x00\xff"],
        "no": [None],
        "yes": [True],
        "inf": [float("inf")],
    }
    row = desk.entries(desk.open("a.parquet", table(text=["love"], **columns)))[0].row
    assert row == {
        "text": "love",
        "when": "2026-03-01T10:00:00+00:00",
        "nested": {"a": [1, None], "b": "x"},
        "raw": "b'\\x00\\xff'",
        "no": None,
        "yes": True,
        "inf": "inf",
    }
    json.dumps(row, allow_nan=False)


def test_no_rows(desk):
    export = desk.open("a.parquet", table(text=pa.array([], pa.string())))
    assert desk.entries(export) == []
    assert export.position() == 0
    assert pq.read_table(io.BytesIO(desk.whole(export))).num_rows == 0


def test_the_position_ends_with_the_file(desk):
    data = table(text=["a", "b"])
    export = desk.open("a.parquet", data)
    desk.entries(export)
    assert export.position() == len(data)
