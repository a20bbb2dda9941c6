"""What districts do to a list before they send it: each mess a change of the clean draft."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from annex2 import BENCHMARK, IMPLEMENTED, NAME, PLAN, PRODUCT, SEQ, SUPPORT, TITLE, Draft, Line, Merge

Mess = Callable[[Draft], None]
ZERO_WIDTH, NO_BREAK = "\u200b", "\u00a0"
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)} | {" ": "\u3000"})
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


# ── above the list ────────────────────────────────────────────────────────────


def free_line_below_annex(draft: Draft) -> None:
    """附件2：, a blank, the title, the reporting line."""
    draft.above[0] = ["附件2："]
    draft.above.insert(1, [""])
    draft.merges = [
        Merge(one.part, one.top + 1, one.left, one.bottom + 1, one.right) if one.part == "above" and one.top else one
        for one in draft.merges
    ]


def broken_title(draft: Draft) -> None:
    _title(draft)[0] = "\n".join(TITLE)


def titled(old: str, new: str) -> Mess:
    def change(draft: Draft) -> None:
        for line in draft.above:
            line[0] = line[0].replace(old, new)

    return change


def one_reporting_cell(draft: Draft) -> None:
    """Unit and date in one merged cell, pushed apart with spaces."""
    line = draft.above[-1]
    draft.above[-1] = [f"{line[0]}{' ' * 36}{line[4]}"]
    last = len(draft.above) - 1
    draft.merges = [one for one in draft.merges if not (one.part == "above" and one.top == last)]
    draft.merges.append(Merge("above", last, 0, last, 6))


def unit(text: str) -> Mess:
    """The reporting unit under another name."""

    def change(draft: Draft) -> None:
        line = draft.above[-1]
        line[0] = line[0].replace(f"填报单位：{draft.sent.reporting_unit}", f"填报单位：{text}")

    return change


def dated(text: str) -> Mess:
    def change(draft: Draft) -> None:
        line, written = draft.above[-1], f"填报日期：{draft.sent.day_in_words}"
        draft.above[-1] = [value.replace(written, f"填报日期：{text}") for value in line]

    return change


def real_date(draft: Draft) -> None:
    """The label in one cell and the day, as a date, in the next."""
    last = len(draft.above) - 1
    draft.above[last] = [draft.above[last][0], "", "", "", "填报日期：", draft.sent.reported_on]
    draft.merges = [one for one in draft.merges if not (one.part == "above" and one.top == last and one.left == 4)]


# ── header and columns ────────────────────────────────────────────────────────


def two_row_header(draft: Draft) -> None:
    upper = ["序号", "企业名称", "产品名称", "执行标准", "比对标准", "技术方案", ""]
    draft.header = [
        upper,
        ["", "", "", "号、名称", "号、名称", "平台现有\n技术方案编号", "另行制定技术方案\n技术支持需求"],
    ]
    draft.merges += [Merge("header", 0, column, 1, column) for column in (SEQ, NAME, PRODUCT)]
    draft.merges.append(Merge("header", 0, PLAN, 0, SUPPORT))


def spaced_header(draft: Draft) -> None:
    draft.header = [
        [
            "序\n号",
            "企 业 名 称",
            "产 品 名 称",
            "执行标准号、\n名  称",
            "比对标准号、\n名  称",
            *draft.header[0][PLAN:],
        ]
    ]


def other_columns(draft: Draft) -> None:
    """Product before enterprise, and columns that nobody asked for."""
    order = (SEQ, PRODUCT, NAME, IMPLEMENTED, BENCHMARK, PLAN, SUPPORT)
    extra = ["联系人", "联系电话", "备注"]
    draft.header = [[*(line[place] for place in order), *extra] for line in draft.header]
    draft.body = [
        [*(line[place] for place in order), "科室", "0574-00000000", "规上" if number % 3 == 0 else ""]
        for number, line in enumerate(draft.body)
    ]


# ── sheets and surroundings ───────────────────────────────────────────────────


def further_sheets(draft: Draft) -> None:
    draft.sheets_before.append(("填表说明", [["填表说明"], ["一、企业名称按营业执照填写。"], ["二、一个产品填一行。"]]))
    draft.sheets_behind.append(("Sheet3", []))


def total(text: str) -> Mess:
    def change(draft: Draft) -> None:
        draft.body.append(["合计", text, *[""] * (len(draft.header[0]) - 2)])

    return change


def signed(draft: Draft) -> None:
    """Whoever is to sign does so on paper."""
    draft.below.append(["填表人：            审核人：            联系电话：0574-00000000"])


def letter(draft: Draft) -> None:
    draft.letter = [
        "关于报送对标达标提升专项行动企业名单的函",
        "市市场监督管理局：",
        "现将我区参加企业名单报上，请审核。",
    ]
    draft.small_table = [["联系科室", "质量标准科"], ["联系电话", "0574-00000000"]]
    draft.below.append(["特此函告。"])


def cut_before(product: str) -> Mess:
    def change(draft: Draft) -> None:
        draft.cut_before = draft.row(product)

    return change


# ── rows ──────────────────────────────────────────────────────────────────────


def continued(draft: Draft) -> None:
    """Number and name only in the first row of an enterprise, and no merge."""
    for number, row in enumerate(draft.rows):
        if number and row.name == draft.rows[number - 1].name:
            draft.body[number][SEQ] = draft.body[number][NAME] = ""


def unmerged(name: str) -> Mess:
    def change(draft: Draft) -> None:
        own = [number for number, row in enumerate(draft.rows) if row.name == name]
        draft.merges = [one for one in draft.merges if not (one.part == "body" and one.top == own[0])]
        for number in own:
            draft.body[number][SEQ], draft.body[number][NAME] = draft.rows[number].seq, name

    return change


def blank_lines(*before: str) -> Mess:
    """Filler rows above these products and three with borders at the end; to be made after all other rows."""

    def change(draft: Draft) -> None:
        width = len(draft.header[0])
        for number in sorted((draft.row(product) for product in before), reverse=True):
            draft.body.insert(number, [""] * width)
        draft.body += [[""] * width for _ in range(3)]

    return change


def hidden(product: str) -> Mess:
    return lambda draft: draft.hidden.add(draft.row(product))


def struck(product: str) -> Mess:
    return lambda draft: draft.struck.add(draft.row(product))


def twice(product: str) -> Mess:
    """The row comes once more at the end, under a number of its own."""

    def change(draft: Draft) -> None:
        draft.body.append([draft.rows[-1].seq + 1, *draft.body[draft.row(product)][1:]])

    return change


# ── cells ─────────────────────────────────────────────────────────────────────


def written(product: str, column: int, value: Any) -> Mess:
    """Something else in a cell; where the value is a pattern with {}, what was there goes in."""

    def change(draft: Draft) -> None:
        line = draft.body[draft.row(product)]
        line[column] = value.format(line[column]) if isinstance(value, str) else value

    return change


def rewritten(product: str, column: int, change: Callable[[str], str]) -> Mess:
    def apply(draft: Draft) -> None:
        line: Line = draft.body[draft.row(product)]
        line[column] = change(line[column])

    return apply


def wide(text: str) -> str:
    """The number in full-width letters, the title left alone."""
    number, mark, title = text.partition("《")
    return number.translate(WIDE) + mark + title


def bare(text: str) -> str:
    """Without 《》."""
    return text.replace("《", " ").replace("》", "")


def doubled(text: str) -> str:
    return text.replace("《", "《《").replace("》", "》》")


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def title_first(text: str) -> str:
    return re.sub(r"([^《；\n]+)(《[^》]*》)", r"\2\1", text)


def spread_out(text: str) -> str:
    """Chinese characters pushed apart to fill the cell."""
    return " ".join(text)


def half_brackets(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def separated(column: int, between: str) -> Mess:
    """Several standards of a cell parted in the district's own way; {} is the running number."""

    def change(draft: Draft) -> None:
        for line, row in zip(draft.body, draft.rows, strict=False):
            standards = row.implemented if column == IMPLEMENTED else row.benchmark
            if len(standards) > 1:
                line[column] = between.join(standards)

    return change


def numbered(column: int, marks: Sequence[str]) -> Mess:
    def change(draft: Draft) -> None:
        for line, row in zip(draft.body, draft.rows, strict=False):
            standards = row.implemented if column == IMPLEMENTED else row.benchmark
            if len(standards) > 1:
                line[column] = "\n".join(f"{mark}{one}" for mark, one in zip(marks, standards, strict=False))

    return change


def counted(dress: Mapping[int, Any]) -> Mess:
    """Running numbers in other dress."""

    def change(draft: Draft) -> None:
        for line in draft.body:
            line[SEQ] = dress.get(line[SEQ], line[SEQ])

    return change


def flagged(*words: str) -> Mess:
    """What stands for 是, in turn."""

    def change(draft: Draft) -> None:
        asked = [line for line in draft.body if line[SUPPORT] == "是"]
        for number, line in enumerate(asked):
            line[SUPPORT] = words[number % len(words)]

    return change


def nothing_said(column: int, *words: str) -> Mess:
    """What stands for nothing, in turn."""

    def change(draft: Draft) -> None:
        free = [line for line in draft.body if line[column] == ""]
        for number, line in enumerate(free):
            line[column] = words[number % len(words)]

    return change


def plan_as_number(product: str) -> Mess:
    def change(draft: Draft) -> None:
        line = draft.body[draft.row(product)]
        line[PLAN] = int(line[PLAN])

    return change


def formula(product: str, column: int, text: str, *, valued: bool = True) -> Mess:
    """A formula that comes to what the cell says; not `valued`: the program never worked it out."""

    def change(draft: Draft) -> None:
        place = draft.row(product), column
        draft.formulas[place] = text
        if not valued:
            draft.unvalued.add(place)

    return change


def _title(draft: Draft) -> Line:
    return next(line for line in draft.above if "名单" in line[0])
