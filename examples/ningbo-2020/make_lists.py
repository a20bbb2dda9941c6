"""Write the lists that the fifteen districts of the Ningbo 2020 example send in, from the tables in sources/."""

import argparse
import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path

from annex2 import Draft, ListRow, NominationList, clean
from corrections import CORRECTIONS, corrected
from documents import save_document
from manners import MANNERS
from packing import with_macros, with_values, without_the_hour
from workbooks import save_old_workbook, save_workbook

HERE = Path(__file__).parent
ENTERPRISE_COLUMNS = ("district", "name", "credit_code", "industry_code", "industry_name", "cluster", "honours")
SPARE_COLUMNS = (
    *ENTERPRISE_COLUMNS,
    "product",
    "implemented_standards",
    "benchmark_standards",
    "existing_plan_no",
    "plan_support_needed",
    "reported_on",
    "list_file",
)
LISTED_BEGIN_AT, SPARES_BEGIN_AT = 1, 901  # running numbers inside a district

# GB 32100-2015 and GB 11714: the characters, their values and the weights of the two check characters.
CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODY_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sources:
    """The tables kept by hand; every line is a product, an enterprise's product, a district."""

    districts: Mapping[str, Line]
    products: Mapping[str, Line]
    nominations: Sequence[Line]
    spares: Sequence[Line]


def make_everything(into: Path) -> None:
    """Write the fifteen lists, the first ones that were refused, the supplementary ones and the tables beside them."""
    sources = read_sources(HERE / "sources")
    (into / "lists").mkdir(parents=True, exist_ok=True)
    for district in sources.districts.values():
        own = [line for line in sources.nominations if line["district"] == district["district"]]
        name = f"{int(district['position']):02d}-{district['district']}.{district['format']}"
        sent = list_of(own, district, sources, reported_on=district["reported_on"])
        if name in CORRECTIONS:
            first = f"{name.partition('.')[0]}-初次.{district['first_format']}"
            was = list_of(own, district, sources, reported_on=district["first_reported_on"])
            write_list(into / "lists" / first, was)
            (into / "lists" / name).write_bytes(corrected(name, HERE / "sources" / "returned", sent))
        else:
            write_list(into / "lists" / name, sent)
    for spare in sources.spares:
        district = sources.districts[spare["district"]]
        write_list(into / spare_file(spare), list_of([spare], district, sources, reported_on=spare["reported_on"]))
    listed = enterprises_of(sources.nominations, sources, begin_at=LISTED_BEGIN_AT)
    write_table(into / "enterprises.csv", ENTERPRISE_COLUMNS, listed)
    write_table(into / "replacements.csv", SPARE_COLUMNS, replacements_of(sources))


def write_list(path: Path, sent: NominationList) -> None:
    """The list in its own manner, in the form its file name asks for, with nothing in it that depends on the hour."""
    draft = clean(sent, document=path.suffix == ".docx")
    for mess in MANNERS.get(path.name, ()):
        mess(draft)
    path.write_bytes(as_bytes(draft, path.suffix))


def as_bytes(draft: Draft, ending: str) -> bytes:
    written, day = BytesIO(), draft.sent.reported_on
    if ending == ".xls":
        save_old_workbook(written, draft)
        return written.getvalue()
    if ending == ".docx":
        save_document(written, draft)
        return without_the_hour(written, day)
    save_workbook(written, draft)
    if ending == ".xlsm":
        return without_the_hour(written, day, lambda parts: with_macros(with_values(parts, draft)))
    return without_the_hour(written, day, lambda parts: with_values(parts, draft))


def read_sources(folder: Path) -> Sources:
    def read(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return Sources(
        districts={line["district"]: line for line in read("districts.csv")},
        products={line["product"]: line for line in read("products.csv")},
        nominations=read("nominations.csv"),
        spares=read("spares.csv"),
    )


def list_of(nominations: Iterable[Line], district: Line, sources: Sources, *, reported_on: str) -> NominationList:
    """The rows of a district in order; an enterprise keeps its number over all its products."""
    grouped = groupby(nominations, key=lambda line: line["name"])
    rows = [row_of(line, sources, seq=seq) for seq, (_, own) in enumerate(grouped, start=1) for line in own]
    return NominationList(district["reporting_unit"], date.fromisoformat(reported_on), tuple(rows))


def row_of(line: Line, sources: Sources, *, seq: int) -> ListRow:
    product = sources.products[line["product"]]
    own = (line["own_standard"],) if line["own_standard"] else ()
    return ListRow(
        seq=seq,
        name=line["name"],
        product=line["product"],
        implemented=(*product["implemented"].split("；"), *own),
        benchmark=tuple(product["benchmark"].split("；")),
        existing_plan_no=product["existing_plan_no"] if line["plan"] == "existing" else "",
        support=line["support"],
    )


def enterprises_of(nominations: Iterable[Line], sources: Sources, *, begin_at: int) -> list[dict[str, str]]:
    """One line per enterprise, with the class and cluster of its first product."""
    lines = []
    for district_name, of_district in groupby(nominations, key=lambda line: line["district"]):
        district = sources.districts[district_name]
        grouped = groupby(of_district, key=lambda line: line["name"])
        for number, (name, own) in enumerate(grouped, start=begin_at):
            first = next(own)
            product = sources.products[first["product"]]
            lines.append(
                {
                    "district": district_name,
                    "name": name,
                    "credit_code": credit_code(district["region"], f"X20{int(district['position']):02d}{number:03d}"),
                    "industry_code": product["industry_code"],
                    "industry_name": product["industry_name"],
                    "cluster": product["cluster"],
                    "honours": first["honours"],
                }
            )
    return lines


def replacements_of(sources: Sources) -> list[dict[str, str]]:
    """The spare enterprises, each with its one product and the file of its supplementary list."""
    lines = []
    for enterprise, spare in zip(
        enterprises_of(sources.spares, sources, begin_at=SPARES_BEGIN_AT), sources.spares, strict=True
    ):
        row = row_of(spare, sources, seq=1)
        lines.append(
            enterprise
            | {
                "product": row.product,
                "implemented_standards": "；".join(row.implemented),
                "benchmark_standards": "；".join(row.benchmark),
                "existing_plan_no": row.existing_plan_no,
                "plan_support_needed": row.support,
                "reported_on": spare["reported_on"],
                "list_file": spare_file(spare),
            }
        )
    return lines


def spare_file(spare: Line) -> str:
    return f"lists/replacement-{spare['district']}.xlsx"


def credit_code(region: str, body: str) -> str:
    """The code of an enterprise (91) whose organisation body is a running number and no issued one."""
    rest = 11 - sum(BODY_CHARACTERS.index(char) * weight for char, weight in zip(body, BODY_WEIGHTS, strict=True)) % 11
    start = f"91{region}{body}{'X' if rest == 10 else rest % 11}"
    total = sum(CODE_CHARACTERS.index(char) * pow(3, place, 31) for place, char in enumerate(start))
    return start + CODE_CHARACTERS[-total % 31]


def write_table(path: Path, columns: Sequence[str], lines: Iterable[Line]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to (default: beside the script)")
    make_everything(parser.parse_args().into)
