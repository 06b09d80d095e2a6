"""The diagnostics of reports: a template that cannot be used, characters that no font has."""

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
NO_FONT = Code(
    "no-font",
    Severity.ERROR,
    Text("没有字体有这些字", "No font has these characters"),
    Text("本机没有字体有这些字：{characters}", "no font on this machine has these characters: {characters}"),
    Text(
        "安装中文字体（思源宋体、思源黑体；Debian、Ubuntu 为 fonts-noto-cjk），或用 --fonts 指明存放字体的文件夹",
        "install a Chinese font (Noto Serif CJK and Noto Sans CJK; fonts-noto-cjk on Debian and Ubuntu), or name a folder "
        "with fonts by --fonts",
    ),
    Text(
        "没有字体的字印出来是空框，签署的人看不见它",
        "a character without a font is printed as an empty box, and whoever signs does not see what it was",
    ),
)
NO_FONT_FOLDER = Code(
    "no-font-folder",
    Severity.ERROR,
    Text("没有这个字体文件夹", "No such folder of fonts"),
    Text("没有文件夹“{path}”", "there is no folder `{path}`"),
    Text(
        "检查路径；不带 --fonts 则用本机安装的字体",
        "check the path; without --fonts those are used that the machine has installed",
    ),
    Text(
        "没有找到的字体会由别的代替，版面就不是想要的",
        "fonts that are not found would be replaced by others, and the pages would not look as they should",
    ),
)
NOT_FOR_A_TERMINAL = Code(
    "not-for-a-terminal",
    Severity.ERROR,
    Text("不能打印在终端上", "Not for a terminal"),
    Text("{form} 报告不是文本，不能打印在终端上", "a report as {form} is no text that a terminal could show"),
    Text("用 -o 写入文件，或转到别的命令", "write it to a file by -o, or hand it to another command"),
    Text("终端会把文件的字节当作控制命令", "a terminal takes the bytes of such a file for commands"),
)
REPORT_CODES: tuple[Code, ...] = (TEMPLATE_FORM, TEMPLATE_FAILED, NO_FONT, NO_FONT_FOLDER, NOT_FOR_A_TERMINAL)
