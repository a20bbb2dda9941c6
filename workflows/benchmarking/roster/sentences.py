"""What every fault of a list means and what to do about it, in the words of the person who sent it."""

from dataclasses import dataclass

_SAVE_AS = "请在 WPS（或 Excel、Word）中打开，另存为 .xlsx 或 .docx 后重新报送。"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with `{detail}` and `{label}` as gaps, and the remedy."""

    sentence: str
    remedy: str


WORDINGS: dict[str, Wording] = {
    # The file as a whole.
    "UNSUPPORTED_FORMAT": Wording("不能读取这种文件：{detail}。", _SAVE_AS),
    "FILE_ENCRYPTED": Wording("文件有密码保护：{detail}。", "请取消密码后重新报送。"),
    "FILE_DAMAGED": Wording("文件已损坏：{detail}。", "请打开原文件，另存一份后重新报送。"),
    "FILE_TOO_LARGE": Wording("文件过大：{detail}。", "请删除多余的图片、工作表和空行，或分成几份报送。"),
    "HEADER_NOT_FOUND": Wording("前 {detail} 行内没有找到表头。", "请使用发下的表样，不要改动列名。"),
    "COLUMN_MISSING": Wording("缺少必填的列：{detail}。", "请按表样补上这一列。"),
    "COLUMN_REPEATED": Wording("同一列出现了两次：{detail}。", "请只保留一列；左右并排的两张表，请上下接成一张。"),
    "COLUMN_ABSENT": Wording("表中没有这一列：{detail}。", "如需填写，请按表样补上这一列。"),
    "MULTIPLE_LISTS": Wording("文件里有不止一份名单：{detail}。", "请只保留要报送的一份。"),
    "NO_DATA_ROWS": Wording("名单里没有企业：{detail}。", "请把名单填写在表格的单元格里，不要用图片、文本框或批注。"),
    "REPORTING_UNIT_MISSING": Wording("填报单位没有填写{detail}。", "请在“填报单位：”后面写明单位名称。"),
    "REPORTING_UNIT_UNKNOWN": Wording("不认识填报单位“{detail}”。", "请写本区（县）市市场监管局的规范名称。"),
    "REPORTING_UNIT_MISMATCH": Wording("填报单位与报送单位不一致：{detail}。", "请核对是否报错了文件。"),
    "REPORTING_UNIT_FORMER_NAME": Wording("填报单位用的是当时不使用的名称：{detail}。", "请使用现行名称。"),
    "REPORTING_UNITS_SEVERAL": Wording(
        "名单中间又写了另一个填报单位：{detail}。", "一份文件只报一个单位的名单，请分开报送。"
    ),
    "REPORTING_DATE_MISSING": Wording("填报日期没有填写。", "请补填填报日期。"),
    "REPORTING_DATE_INCOMPLETE": Wording("填报日期不完整：{detail}。", "请写明年、月、日。"),
    "REPORTING_DATE_INVALID": Wording("填报日期不是真实的日期：{detail}。", "请核对年、月、日。"),
    "REPORTING_DATE_IN_FUTURE": Wording("填报日期在今天之后：{detail}。", "请核对年、月、日。"),
    "REPORTED_LATE": Wording("填报日期晚于截止日：{detail}。", "名单照常受理，将记为逾期报送。"),
    "YEAR_MISMATCH": Wording("标题的年份与本次行动不符：{detail}。", "请核对是否报错了年度。"),
    "QUOTA_EXCEEDED": Wording("企业数超过任务数：{detail}。", "请核对；任务数为上限时请减少企业。"),
    "QUOTA_NOT_MET": Wording("企业数少于任务数：{detail}。", "请补充企业，或说明原因。"),
    "UNKNOWN_COLUMNS_IGNORED": Wording("表样以外的列没有采用：{detail}。", "不需要处理；其内容已随本次导入留存。"),
    "ENTERPRISE_COUNT_DIFFERS_FROM_SEQUENCE": Wording("序号与企业数不一致：{detail}。", "请核对有无遗漏或重复。"),
    "TOTAL_DIFFERS": Wording("合计数与名单不一致：{detail}。", "请核对有无遗漏或重复。"),
    "HIDDEN_COLUMN": Wording("“{detail}”一列被隐藏，已照常读取。", "请取消隐藏，核对内容。"),
    "ROWS_AFTER_GAP_NOT_READ": Wording("长段空行之后的内容没有读取：{detail}。", "请删除中间的空行。"),
    "TABLE_JOINED_WITHOUT_HEADER": Wording("没有表头的表格已接在名单之后：{detail}。", "请核对是否属于同一份名单。"),
    "UNACCEPTED_CHANGES": Wording("文档里有尚未接受的修订，已按修订后的内容读取。", "请接受或拒绝全部修订后再报送。"),
    # A row: what refuses it.
    "ENTERPRISE_NAME_MISSING": Wording("企业名称没有填写{detail}。", "请填写营业执照上的全称。"),
    "ENTERPRISE_NAME_LENGTH": Wording("企业名称应为 4 至 100 个字：{detail}。", "请填写营业执照上的全称。"),
    "PRODUCT_NAME_MISSING": Wording("产品名称没有填写{detail}。", "请填写产品名称。"),
    "PRODUCT_NAME_LENGTH": Wording("产品名称超过 100 个字：{detail}。", "请只写产品名称和型号。"),
    "IMPLEMENTED_STANDARD_MISSING": Wording("没有填写执行标准{detail}。", "请写明产品执行的标准号和名称。"),
    "STANDARD_NUMBER_INVALID": Wording("标准号“{detail}”有误。", "请核对标准号。"),
    "DUPLICATE_ENTRY": Wording("同一企业的同一产品重复填报：{detail}。", "请删除重复的一行。"),
    "SUPPORT_FLAG_INVALID": Wording("“{detail}”看不出是否需要技术支持。", "需要的填“是”，不需要的留空。"),
    "STRUCK_THROUGH": Wording("“{detail}”上有删除线。", "要删除的请删去，要保留的请去掉删除线。"),
    "FORMULA_WITHOUT_VALUE": Wording("单元格是没有计算结果的公式。", "请用 Excel 打开并保存一次，或直接填写内容。"),
    "CELL_ERROR": Wording("单元格的内容是错误值 {detail}。", "请改正公式，或直接填写内容。"),
    "DITTO_WITHOUT_SOURCE": Wording("“{detail}”的上面没有可以照抄的内容。", "请写出完整内容。"),
    "PLAN_NUMBER_DIGITS_LOST": Wording(
        "编号 {detail} 超过 15 位，表格软件已丢失末尾的数字。", "请把单元格设为文本格式后重新填写编号。"
    ),
    "PLAN_NUMBER_LENGTH": Wording("编号超过 64 个字：{detail}。", "请只写编号。"),
    "TEXT_TURNED_INTO_DATE": Wording("内容已被表格软件改成日期 {detail}。", "请把单元格设为文本格式后重新填写。"),
    # A row: what is said but does not refuse it.
    "BENCHMARK_STANDARD_MISSING": Wording("没有比对标准，也没有平台现有方案编号。", "请补填比对标准，或写明方案编号。"),
    "BENCHMARK_SAME_AS_IMPLEMENTED": Wording("比对标准与执行标准相同：{detail}。", "请核对比对标准。"),
    "STANDARD_UNDATED": Wording("标准号 {detail} 没有年代号。", "请补上年份，以免版本不清。"),
    "STANDARD_PREFIX_INHERITED": Wording("{detail} 没有代号，已按前一个编号的代号理解。", "请补全代号。"),
    "STANDARD_SERIES_REFERENCE": Wording("{detail} 引用的是整个系列。", "请写明具体是哪一项标准。"),
    "STANDARD_ISSUER_UNRECOGNISED": Wording("不认识标准 {detail} 的发布机构。", "请核对代号。"),
    "PLAN_AND_SUPPORT_CONFLICT": Wording(
        "已有平台方案编号（{detail}），又填了需要技术支持。", "使用现有方案的不需要技术支持，请核对。"
    ),
    "MULTIPLE_PRODUCTS_IN_CELL": Wording("一个单元格里像是有几个产品：{detail}。", "请每个产品填一行。"),
    "NAME_VARIANT_MERGED": Wording("企业名称与{detail}写法不同，已视为同一企业。", "请统一写法。"),
    "NAME_WITHOUT_LEGAL_FORM": Wording("企业名称不像全称：{detail}。", "请核对营业执照上的全称。"),
    "DITTO_RESOLVED": Wording("“同上”已照上一行填为“{detail}”。", "请核对。"),
    "HIDDEN_ROW": Wording("这一行被隐藏或筛选掉，已照常读取。", "请核对是否要报送这一行。"),
    "CONTINUED_ROW": Wording("企业名称为空，已视为上一行企业“{detail}”的另一产品。", "请填写企业名称。"),
    "CROSS_DISTRICT_DUPLICATE": Wording(
        "另一个地区的名单里已有这家企业：{detail}。", "由市局确定归属，暂不计入任务数。"
    ),
    # Lists of other kinds: the form, and what stands in their cells.
    "FORM_AMBIGUOUS": Wording("表头同时符合几种表：{detail}。", "请用 --form 写明是哪一种，或按表样只留一种表的列。"),
    "CELL_MISSING": Wording("没有填写{detail}。", "请补填。"),
    "TEXT_TOO_LONG": Wording("内容过长：{detail}。", "请写简短一些。"),
    "DAY_INCOMPLETE": Wording("日期不完整：{detail}。", "请写明年、月、日，如“2020年5月28日”。"),
    "DAY_INVALID": Wording("不是真实的日期：{detail}。", "请核对后按“2020年5月28日”的写法填写。"),
    "DAY_IN_FUTURE": Wording("日期在今天之后：{detail}。", "请核对年、月、日。"),
    "FLAG_INVALID": Wording("“{detail}”看不出是或否。", "请填“是”或“否”，不清楚的留空。"),
    "LINK_INVALID": Wording("“{detail}”不是网址。", "请填写以 http:// 或 https:// 开头的完整网址。"),
    "CMA_INVALID": Wording("资质认定（CMA）证书编号应为 12 位数字：{detail}。", "请对照报告封面核对，没有的留空。"),
    "LOGIN_INVALID": Wording("“{detail}”不能作登录名。", "请用小写字母、数字、点和短横，以字母或数字开头。"),
    "ROLE_UNKNOWN": Wording("没有“{detail}”这个角色。", "请填区县（市）局经办、科室负责人、分管领导等角色名称。"),
    "PHONE_INVALID": Wording("“{detail}”不是电话号码。", "请填写手机号码或带区号的座机号码。"),
    "MAIL_INVALID": Wording("“{detail}”不是一个邮箱地址。", "请核对，一格只写一个邮箱。"),
    "INDUSTRY_UNKNOWN": Wording("国民经济行业分类（GB/T 4754-2017）中没有“{detail}”。", "请填小类代码或名称。"),
    "HONOUR_UNKNOWN": Wording("不认识企业荣誉“{detail}”。", "请核对名称。"),
    "SAMPLING_UNKNOWN": Wording("“{detail}”看不出是抽样还是送样。", "请填“抽样”或“送样”。"),
    "CONCLUSION_UNKNOWN": Wording(
        "“{detail}”看不出与比对标准相比的结论。",
        "请填：全部优于、部分优于、一致、部分低于、未达到（“合格”不能说明与比对标准相比如何）。",
    ),
    "CREDIT_CODE_OTHER_CITY": Wording("信用代码 {detail} 的登记机关不在本市。", "请核对；确为外地登记的不需要处理。"),
    "CONTACT_EMPTY": Wording("没有联系人、电话，也没有邮箱。", "请至少填一项。"),
    "NOTHING_TO_RECORD": Wording("这一行没有可登记的内容。", "请至少填一项，或删去这一行。"),
    "PLATFORM_RECORD_EMPTY": Wording("平台编号和链接都没有填写。", "请至少填一项。"),
    "DUPLICATE_SUBJECT": Wording("同一企业重复填报：{detail}。", "请每家企业只留一行。"),
    "DUPLICATE_PERSON": Wording("同一登录名重复填报：{detail}。", "请每人只留一行。"),
}
