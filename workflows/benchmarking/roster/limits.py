"""How large a sent file may be, in every direction in which a file can be large."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before anything is parsed; a campaign may widen or narrow each of them."""

    file_bytes: int = 20 * MEGABYTE
    # A list whose formatted but empty rows reach down to the last row of the sheet unpacks to about 210 MB.
    unpacked_bytes: int = 400 * MEGABYTE
    # Real sheets are packed about 15 to 1, a bomb of zeros 1000 to 1; parts smaller than a megabyte hurt nobody.
    ratio: int = 200
    ratio_from_bytes: int = MEGABYTE
    entries: int = 2_000
    depth: int = 200
    sheets: int = 100
    rows: int = 20_000
    # Rows with anything in them, fillers and notes too.
    filled_rows: int = 40_000
    cells: int = 2_000_000
    columns: int = 256
    # No spreadsheet holds more in a cell; a list of 20,000 rows has about four million characters in all.
    cell_characters: int = 32_767
    characters: int = 5_000_000
    # More than these nobody mends, and every one is kept with its place and sentence until it is told.
    faults: int = 100_000
    # Reading stops after so many empty rows; the header must stand within so many rows from the top.
    empty_rows: int = 200
    header_within: int = 20


DEFAULT_LIMITS = Limits()
