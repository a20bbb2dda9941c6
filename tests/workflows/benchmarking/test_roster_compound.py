"""The old container: short streams, tables in further sectors, chains that go in circles."""

import struct

import pytest
from roster_files import ListFile, assert_survives, clean_rows, file_codes, read

from workflows.benchmarking.roster.compound import MAGIC, open_container
from workflows.benchmarking.roster.refusals import FileRefused

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR, SMALL = 512, 64


def workbook_stream(rows: int = 8) -> bytes:
    return open_container(ListFile(rows=clean_rows(rows)).xls()).read("Workbook")


def entry(name: str, kind: int, begins: int, size: int) -> bytes:
    said = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBB12x16x4x16xLLL", said, len(said), kind, 1, begins, size, 0)


def chain(begins: int, count: int) -> list[int]:
    return [*range(begins + 1, begins + count), END] if count else []


def container(stream: bytes, *, short: bool, root: int = 5, more_tables: bool = False) -> bytes:
    """A container around one stream, which lies in sectors of its own or among the short ones."""
    unit = SMALL if short else SECTOR
    whole = stream.ljust(-(-len(stream) // unit) * unit, b"\0")
    body = whole.ljust(-(-len(whole) // SECTOR) * SECTOR, b"\0")
    count = len(body) // SECTOR
    small = chain(0, len(whole) // SMALL) if short else []
    small_table = b"".join(number.to_bytes(4, "little") for number in small)
    small_table = small_table.ljust(-(-len(small_table) // SECTOR) * SECTOR, b"\xff")
    tables = [*chain(0, count), END, *chain(count + 1, len(small_table) // SECTOR)]
    first_table = len(tables)
    tables += [END] if more_tables else []
    tables += [TABLE] * 2
    table = b"".join(number.to_bytes(4, "little") for number in tables).ljust(2 * SECTOR, b"\xff")
    directory = entry("Root Entry", root, 0 if short else END, len(whole) if short else 0)
    directory += entry("Workbook", 2, 0, len(stream))
    own = [len(tables) - 2, len(tables) - 1]
    header = MAGIC + struct.pack("<16xHHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<LLL4xLLL", 0, 2, count, len(stream) + 1 if short else 0, count + 1 if short else END, 1)
    header += struct.pack("<LL", first_table if more_tables else END, 1 if more_tables else 0)
    header += struct.pack("<109L", *([FREE] * 109 if more_tables else own + [FREE] * 107))
    further = struct.pack("<128L", *own, *[FREE] * 125, END) if more_tables else b""
    return header + body + directory.ljust(SECTOR, b"\0") + small_table + further + table


@pytest.mark.parametrize("short", [False, True])
def test_a_stream_is_read_wherever_it_lies(short: bool) -> None:
    stream = workbook_stream()
    content = container(stream, short=short)
    assert open_container(content).read("Workbook") == stream
    assert_survives(read(content, filename="名单.xls"))


def test_the_tables_of_a_large_container_are_named_in_further_sectors() -> None:
    stream = workbook_stream()
    assert stream == open_container(ListFile().xls()).read("Workbook")
    assert_survives(read(container(stream, short=False, more_tables=True), filename="名单.xls"))


def test_short_streams_need_a_root() -> None:
    content = container(workbook_stream(), short=True, root=2)
    assert file_codes(read(content, filename="名单.xls")) == (["FILE_DAMAGED"], [])


def patched(content: bytes, place: int, number: int) -> bytes:
    return content[:place] + number.to_bytes(4, "little") + content[place + 4 :]


@pytest.mark.parametrize("short", [False, True])
def test_a_chain_that_goes_in_circles_is_damage(short: bool) -> None:
    content = container(workbook_stream(), short=short)
    table = content.index(struct.pack("<LLL", 1, 2, 3))
    with pytest.raises(FileRefused):
        open_container(patched(content, table, 0)).read("Workbook")


def test_a_chain_that_leaves_the_table_is_damage() -> None:
    content = container(workbook_stream(), short=False)
    table = content.index(struct.pack("<LLL", 1, 2, 3))
    assert file_codes(read(patched(content, table, 99_999), filename="名单.xls"))[0] == ["FILE_DAMAGED"]


def test_tables_that_name_each_other_in_circles_end() -> None:
    content = container(workbook_stream(), short=False, more_tables=True)
    further = struct.unpack_from("<L", content, 68)[0]
    circle = patched(content, SECTOR * (further + 2) - 4, further)
    assert_survives(read(circle, filename="名单.xls"))
    nowhere = patched(content, 68, 99_999)
    assert file_codes(read(nowhere, filename="名单.xls"))[0] == ["FILE_DAMAGED"]


@pytest.mark.parametrize("content", [MAGIC, MAGIC + bytes(600), MAGIC + b"\xff" * 600])
def test_a_beginning_alone_is_no_container(content: bytes) -> None:
    with pytest.raises(FileRefused, match="FILE_DAMAGED"):
        open_container(content)
