"""Tables of the families of standards: which codes exist, and how each writes its numbers."""

from typing import Final


def _codes(*lines: str) -> frozenset[str]:
    return frozenset(code for line in lines for code in line.split())


INDUSTRY: Final = _codes(
    "AQ BB CB CH CJ CY DA DB DL DY DZ EJ FZ GA GC GH GM GY HB HG HJ HS HY JB JC JG JR JT JY KA LB LD LS",
    "LY MH MR MT MZ NB NY QB QC QJ QX RB RF SB SC SF SH SJ SL SN SW SY TB TD TY WB WH WJ WM WS WW XB XF",
    "YB YC YD YS YY YZ ZY",
)

# Provinces, autonomous regions and municipalities of GB/T 2260.
PROVINCES: Final = _codes(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65",
)

# Metrology, military, construction, roads, special equipment, and older Chinese families.
OTHER_CHINESE: Final = _codes("JJG JJF GJB JGJ CJJ CECS TSG GBJ JTG JTJ JTS YBB CQC HJB HAF DBJ")

# Numbers of these may end in the letter of an edition (GJB 150.1A-2009), or begin with one (TSG G0001-2012).
EDITION_LETTER: Final = _codes("GJB HJB QJ HB CB SJ WJ EJ")
LEADING_LETTER: Final = _codes("TSG JTG JTJ JTS")

# Bodies that adopt European standards: BS EN, DIN EN ISO, NF EN.
ADOPTERS: Final = _codes(
    "BS DIN NF UNE UNI SS SN NEN NBN DS SFS NS CSN PN STN ONORM OENORM SIST MSZ BDS LVS EVS ELOT CYS OVE",
    "ETSI",
)

# Foreign families written like the international ones (number, parts, colon and year). The second group
# are also words or grades of material, so a number of theirs is one only if it has a year.
COLON_FOREIGN: Final = _codes("DIN BS NF AS NZS KS UNE UNI ONORM OENORM VDE SASO GSO TCVN CNS SANS NEN NBR")
COLON_FOREIGN_DATED: Final = _codes("AS NZS SS SN IS MS NS DS PN UNI TIS SNI STB NOM CNS NBR")

# Foreign families written with a hyphen and a year, or with no year at all. Two-digit years: kept as the
# issuer writes them, or made four digits; the others have parts that look like two-digit years.
HYPHEN_FOREIGN: Final = _codes(
    "ANSI UL ULC ASME CSA CAN NSF SAE API AATCC IEEE MSS NEMA MIL GOST FMVSS ASHRAE AHRI ARI AWS AWWA",
    "NFPA BIFMA ASSE IAPMO IPC JEDEC TIA EIA TAPPI AHAM JASO JEM JEC JCS JWWA JPI JISF SEMI VDA VDI VDMA",
    "DVGW ETL FM ISA ISTA ESD CGA AOAC AOCS OEKO CODEX CXS OECD PPAP",
)
HYPHEN_FOREIGN_DATED: Final = _codes("FM ISA ARI ETL CAN PPAP OEKO EIA ESD CGA")
SHORT_YEAR_KEPT: Final = _codes("CSA CAN GOST")
SHORT_YEAR_EXPANDED: Final = _codes("ANSI ASME AATCC MSS NEMA IEEE AWWA ASSE NSF ASHRAE ARI AHRI BIFMA AWS TAPPI NFPA")

# Words in capitals that stand before digits without being an issuer.
NO_ISSUER: Final = _codes("PART NO VOL ED REV VER TYPE CLASS NOTE ISBN ISSN IP IK TEL FAX ID PN DN")

# What a cell says instead of a number when there is none.
NONE_WORDS: Final = _codes(
    "无 暂无 没有 尚无 暂缺 待定 待制定 待补充 未定 未制定 制定中 不适用 空 空白 N/A NA N.A NIL NONE",
)
