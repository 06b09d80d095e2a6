"""The diagnostics of bundles: what is none, what was changed in one, and what does not follow from its sources."""

from __future__ import annotations

from guiju.dsl.diagnostic import Code, Severity, Text

NOT_A_BUNDLE = Code(
    "not-a-bundle",
    Severity.ERROR,
    Text("不是评价包", "Not a bundle"),
    Text("这不是评价包：{reason}", "this is not a bundle: {reason}"),
    Text("给出 guiju bundle 写出的文件", "name a file that `guiju bundle` wrote"),
    Text(
        "评价包只有一种写法，别的写法可能藏着别的意思", "a bundle is written in one way; another could hide something"
    ),
)
BUNDLE_BREAKS_OFF = Code(
    "bundle-breaks-off",
    Severity.ERROR,
    Text("评价包不完整", "Bundle that breaks off"),
    Text("文件到{part}就断了", "the file breaks off at {part}"),
    Text("重新传送或复制整个文件", "transfer or copy the whole file again"),
    Text("缺了一部分的评价包什么也证明不了", "a bundle of which a part is missing proves nothing"),
)
BUNDLE_CHANGED = Code(
    "bundle-changed",
    Severity.ERROR,
    Text("评价包被改动", "Changed bundle"),
    Text("{part}在写成之后被改动", "{part} was changed after the bundle was written"),
    Text("取回原来的文件，或用原来的材料重新生成", "get the file as it was, or make it again from its sources"),
    Text("改动过的评价包不再是那次评价的记录", "a bundle that was changed is no record of that assessment any more"),
)
BUNDLE_SOURCE = Code(
    "bundle-source",
    Severity.ERROR,
    Text("评价包的来源不能用", "Bundle whose sources cannot be used"),
    Text("从包里的来源得不出任何评价：{reason}", "no assessment follows from the sources in the bundle: {reason}"),
    Text("用写出它的版本重算，或向出具者索取", "replay it with the version that wrote it, or ask whoever made it"),
    Text("评价包须能凭自身的来源重算", "a bundle must be derivable again from its own sources"),
)
BUNDLE_DEVIATES = Code(
    "bundle-deviates",
    Severity.ERROR,
    Text("评价包与其来源不符", "Bundle that does not follow from its sources"),
    Text(
        "{part}：包里写的是“{stated}”，按其来源应是“{found}”",
        "{part}: the bundle says `{stated}`, and from its sources follows `{found}`",
    ),
    Text(
        "不要采信这份评价；版本不同时先用写出它的版本重算",
        "do not rely on this assessment; if the versions differ, replay it with the one that wrote it first",
    ),
    Text("凡不能从来源推出的，都不是评价的结果", "what does not follow from the sources is no result of theirs"),
)
OTHER_ENGINE = Code(
    "other-engine",
    Severity.WARNING,
    Text("写出与重算的版本不同", "Written and replayed by different versions"),
    Text("评价包由规矩 {made} 写出，这里是 {here}", "the bundle was written by Guiju {made}, and this is {here}"),
    Text(
        "照样逐字节比较；不符之处可能出自版本", "it is compared all the same; what deviates may come from the versions"
    ),
    Text("版本之间推导的写法可能不同", "versions may write a derivation differently"),
)
BUNDLE_CODES: tuple[Code, ...] = (
    NOT_A_BUNDLE,
    BUNDLE_BREAKS_OFF,
    BUNDLE_CHANGED,
    BUNDLE_SOURCE,
    BUNDLE_DEVIATES,
    OTHER_ENGINE,
)
