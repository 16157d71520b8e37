"""A Parquet file of ticket counts -> the same table of weeks, added up by DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbtool.errors import UsageError
from kbtool.model import Finding
from kbtool.tickets import fields
from kbtool.tickets.aliases import renamed
from kbtool.tickets.calendar import Pair, Series, WeeklyTable, tabulated, week_number
from kbtool.tickets.fields import BadCell
from kbtool.tickets.measures import MEASURES, measured
from kbtool.tickets.problems import LISTED, Problems

if TYPE_CHECKING:
    import duckdb

MEMORY = "128MB"
FETCHED = 10_000  # rows at a time
FIRST = "DATE '1970-01-05'"  # a Monday
FIRST_WEEK = week_number(date(1970, 1, 5))


def read_parquet(
    path: Path, aliases: Mapping[str, Sequence[str]], problems: Problems
) -> tuple[WeeklyTable, list[Finding]]:
    """The counts of a Parquet file by week, and what is wrong with it.

    The columns are those of the CSV file; `date` may be a date, a time or a text of ISO form. Without a
    column `count` each row is one ticket; rows of the same topic and day are added up. Raises UsageError
    when DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise UsageError(
            f"{path} is a Parquet file, and reading it needs DuckDB", "pip install 'kbtool[duckdb]'"
        ) from error
    connection = duckdb.connect(":memory:", config={"memory_limit": MEMORY, "threads": "1"})
    try:
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("SET TimeZone = 'UTC'")
        table = _read(connection, path, aliases, problems)
    except duckdb.Error as error:
        problems.file(f"cannot be read: {str(error).splitlines()[0]}", "export it again as Parquet")
        table = WeeklyTable()
    finally:
        connection.close()
    return table, problems.all()


def _read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    aliases: Mapping[str, Sequence[str]],
    problems: Problems,
) -> WeeklyTable:
    source = connection.read_parquet(str(path))
    types = {
        name.casefold(): (name, str(kind)) for name, kind in zip(source.columns, source.types, strict=True)
    }
    missing = [name for name in ("topic", "date") if name not in types]
    for name in missing:
        found = ", ".join(types)
        problems.file(f"there is no column {name}; found: {found}", "name the columns topic, date and count")
    if missing:
        return WeeklyTable()
    column = {name: f'"{own}"'.replace('""', '"') for name, (own, _) in types.items()}
    day = column["date"] if types["date"][1] == "DATE" else f"TRY_CAST({column['date']} AS DATE)"
    count = f"TRY_CAST({column['count']} AS BIGINT)" if "count" in types else "1"
    known = tuple(name for name in MEASURES if name in types)
    weights = [column.get(f"{name}_n", count) if MEASURES[name].is_mean else "1" for name in known]
    values = [f"TRY_CAST({column[name]} AS DOUBLE)" for name in known]
    wrong = {
        "the topic is empty": f"coalesce(trim({column['topic']}), '') = ''",
        "the date cannot be read": f"{day} IS NULL OR year({day}) NOT BETWEEN "
        f"{fields.FIRST_YEAR} AND {fields.LAST_YEAR}",
        f"the count is not a whole number from 0 to {fields.MAX_COUNT:,}": (
            f"coalesce({count}, -1) NOT BETWEEN 0 AND {fields.MAX_COUNT}"
        ),
    }
    bad = " OR ".join(f"({test})" for test in wrong.values())
    sums = "".join(
        f", coalesce(sum({one}) FILTER ({value} IS NOT NULL), 0) AS v{2 * k + place}"
        for k, (value, weight) in enumerate(zip(values, weights, strict=True))
        for place, one in enumerate((f"{value} * {weight}", weight))
    )
    locale = column.get("locale", "''")
    number = connection.execute(f"SELECT count(*) FROM source WHERE {bad}").fetchone()  # noqa: S608
    if number and number[0]:
        _tell(connection, path, wrong, bad, problems)
    lists = ", ".join(f"list({name})" for name in ("week", "n", *(f"v{k}" for k in range(2 * len(known)))))
    grouped = connection.execute(
        f"SELECT topic, locale, {lists} FROM (SELECT {column['topic']} AS topic, "  # noqa: S608
        f"coalesce({locale}, '') AS locale, ({day} - {FIRST}) // 7 AS week, "
        f"sum({count})::BIGINT AS n{sums} FROM source WHERE NOT ({bad}) GROUP BY ALL) GROUP BY ALL"
    )
    rows = chain.from_iterable(iter(lambda: grouped.fetchmany(FETCHED), []))
    table = _table(rows, known, problems)
    listed = connection.execute(f"SELECT DISTINCT {day} FROM source WHERE NOT ({bad})").fetchall()  # noqa: S608
    days = {row[0] for row in listed}
    if len(days) > 1 and len({day.weekday() for day in days}) == 1:
        days = set()
    series, sums_of = table
    return tabulated(renamed(series, aliases), days, measured(sums_of, aliases))


def _tell(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    wrong: Mapping[str, str],
    bad: str,
    problems: Problems,
) -> None:
    """Name the first rows that are wrong, and what is."""
    source = connection.read_parquet(str(path), file_row_number=True)  # noqa: F841 - DuckDB finds it by its name
    tests = ", ".join(f"({test})" for test in wrong.values())
    found = connection.execute(
        f"SELECT file_row_number + 1, {tests} FROM source WHERE {bad} ORDER BY 1 LIMIT {LISTED}"  # noqa: S608
    ).fetchall()
    for row, *tested in found:
        for message, is_wrong in zip(wrong, tested, strict=True):
            if is_wrong:
                problems.row(message, (row, 1), "", f"row {row}: {message}", "correct the export")


def _table(
    rows: Iterable[tuple[Any, ...]], known: tuple[str, ...], problems: Problems
) -> tuple[dict[Pair, Series], list[tuple[str, int, str, float, float]]]:
    """The series of the rows, and the sums of their measures."""
    series: dict[Pair, Series] = {}
    found = []
    names: dict[Pair, Pair | None] = {}
    for topic, locale, weeks, counts, *sums in rows:
        written = topic, locale
        if written not in names:
            try:
                names[written] = fields.topic(topic), fields.locale(locale)
            except BadCell as error:
                problems.file(error.message, error.help)
                names[written] = None
        name = names[written]
        if name is None:
            continue
        into = series.setdefault(name, ([], []))
        into[0].extend(week + FIRST_WEEK for week in weeks)
        into[1].extend(counts)
        for measure, totals, numbers in zip(known, sums[::2], sums[1::2], strict=True):
            for week, total, n in zip(weeks, totals, numbers, strict=True):
                found.append((name[0], week + FIRST_WEEK, measure, float(total), float(n)))
    return series, found
