"""The diagnostics of reports: a template that cannot be used."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

TEMPLATE_FORM = Code(
    "template-form",
    Severity.ERROR,
    Text("不是这种报告的模板", "No template of this form of report"),
    Text("“{file}”不能作 {form} 报告的模板", "`{file}` is no template of a report as {form}"),
    Text("{form} 报告的模板用扩展名 {known}", "a template of a report as {form} has a name that ends with {known}"),
    Text("模板由什么写成由报告的形式决定", "the form of the report says what its template is written in"),
)
TEMPLATE_FAILED = Code(
    "template-failed",
    Severity.ERROR,
    Text("模板不能用", "A template that cannot be used"),
    Text("模板出错：{reason}", "the template failed: {reason}"),
    Text(
        "改好模板；不带 --template 则用自带的样式", "mend the template; without --template the report has its own look"
    ),
    Text(
        "模板没有做完的报告，缺了什么看不出来",
        "of a report that its template did not finish nobody sees what is missing",
    ),
)
REPORT_CODES: tuple[Code, ...] = (TEMPLATE_FORM, TEMPLATE_FAILED)
