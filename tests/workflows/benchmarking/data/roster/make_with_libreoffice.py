"""Writes the lists of this folder with LibreOffice; run by the system's Python, which knows its bridge (python3-uno).

    /usr/bin/python3 make_with_libreoffice.py

The sheet has a merged title, an enterprise merged over two products, a hidden row and a struck-through name.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HERE = Path(__file__).parent
PORT = 2083
HEADER = [
    "序",
    "企业名称",
    "产品名称",
    "执行标准号、名称",
    "比对标准号、名称",
    "平台现有技术方案编号",
    "另行制定技术方案技术支持需求",
]
ROWS = [
    [1, "慈溪样例电器有限公司", "电热水壶", "GB 4706.19-2008", "IEC 60335-2-15:2012", "FA-2019-0001", ""],
    ["", "", "电饭锅", "QB/T 4099-2010", "IEC 60335-2-15:2012", "", "是"],
    [2, "慈溪示例轴承有限公司", "深沟球轴承", "GB/T 276-2013", "ISO 15:2017", 20190036, ""],
    [3, "慈溪虚构文具有限公司", "中性笔", "QB/T 2625-2011", "ISO 27668-1:2017", "", ""],
    ["=1+3", "慈溪测试阀门有限公司", "钢制球阀", "GB/T 12237-2007", "API 6D", '="FA-"&"2020"', ""],
]
ABOVE = [
    ["附件2："],
    ["宁波市2020年参加对标达标提升专项行动企业名单"],
    ["填报单位：慈溪市市场监管局", "", "", "", "填报日期：", 43984],
]
SAVED = {
    "libreoffice.xlsx": "Calc MS Excel 2007 XML",
    "libreoffice.xls": "MS Excel 97",
    "list.ods": "calc8",
    "list.pdf": "calc_pdf_Export",
    "list.html": "HTML (StarCalc)",
    "list.csv": "Text - txt - csv (StarCalc)",
}


def prop(name, value):
    return PropertyValue(Name=name, Value=value)


def connect():
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(60):
        try:
            return resolver.resolve(f"uno:socket,host=localhost,port={PORT};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
    sys.exit("LibreOffice does not answer")


def fill(sheet):
    for y, row in enumerate([*ABOVE, HEADER, *ROWS]):
        for x, value in enumerate(row):
            cell = sheet.getCellByPosition(x, y)
            if isinstance(value, int):
                cell.Value = value
            elif value.startswith("="):
                cell.Formula = value
            elif value:
                cell.String = value
    sheet.getCellRangeByName("A2:G2").merge(True)
    sheet.getCellRangeByName("A5:A6").merge(True)
    sheet.getCellRangeByName("B5:B6").merge(True)
    sheet.Rows.getByIndex(6).IsVisible = False
    sheet.getCellByPosition(1, 7).CharStrikeout = 1


def write_letter(desktop):
    text = desktop.loadComponentFromURL("private:factory/swriter", "_blank", 0, (prop("Hidden", True),))
    cursor = text.Text.createTextCursor()
    for line in ("附件2", ABOVE[1][0], "填报单位：慈溪市市场监管局    填报日期：2020年6月2日"):
        text.Text.insertString(cursor, line, False)
        text.Text.insertControlCharacter(cursor, 0, False)
    rows = [HEADER, *[[str(value) for value in row] for row in ROWS[2:4]]]
    table = text.createInstance("com.sun.star.text.TextTable")
    table.initialize(len(rows), len(HEADER))
    text.Text.insertTextContent(cursor, table, False)
    table.setDataArray(tuple(map(tuple, rows)))
    text.setPropertyValue("RecordChanges", True)
    cell = table.getCellByName("C2")
    inside = cell.createTextCursor()
    inside.gotoEnd(False)
    cell.insertString(inside, "（修订）", False)
    inside = table.getCellByName("B3").createTextCursor()
    inside.gotoStart(False)
    inside.goRight(2, True)
    inside.String = ""
    text.storeToURL((HERE / "libreoffice.docx").as_uri(), (prop("FilterName", "MS Word 2007 XML"),))
    text.storeToURL((HERE / "letter.doc").as_uri(), (prop("FilterName", "MS Word 97"),))
    text.close(True)


def main():
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=socket,host=localhost,port={PORT};urp;"], env=os.environ
    )
    desktop = connect().ServiceManager.createInstance("com.sun.star.frame.Desktop")
    book = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (prop("Hidden", True),))
    book.Sheets.getByIndex(0).Name = "附件2"
    fill(book.Sheets.getByIndex(0))
    for name, kind in SAVED.items():
        given = [prop("FilterName", kind)]
        if name.endswith(".csv"):
            given.append(prop("FilterOptions", "44,34,GB18030,1"))
        book.storeToURL((HERE / name).as_uri(), tuple(given))
    book.close(True)
    write_letter(desktop)
    desktop.terminate()
    office.wait()


if __name__ == "__main__":
    main()
