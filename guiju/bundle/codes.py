"""The diagnostics of bundles: what is none, what was changed, what does not follow; and those of signatures."""

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
BUNDLE_LINE_ENDS = Code(
    "bundle-line-ends",
    Severity.ERROR,
    Text("评价包的行尾被改", "Bundle with other line ends"),
    Text(
        "行尾从 LF 变成了 CR LF，此外什么都没有改动",
        "the line ends were turned from LF into CR LF, and nothing else was changed",
    ),
    Text("把 CR LF 换回 LF，或按二进制重新传送文件", "turn CR LF back into LF, or transfer the file again as binary"),
    Text(
        "评价包逐字节比较和签名；有些程序和传送方式会改行尾",
        "a bundle is compared and signed byte for byte; some programs and transfers change line ends",
    ),
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
# --- signatures ----------------------------------------------------------------------------------------------------

SIGNING_NOT_INSTALLED = Code(
    "signing-not-installed",
    Severity.ERROR,
    Text("没有装签名用的库", "Signing is not installed"),
    Text("签名和核对签名要用 cryptography，这里没有", "signing and verifying need `cryptography`, which is not here"),
    Text("安装 guiju[sign]，例如 pip install 'guiju[sign]'", "install guiju[sign], as with pip install 'guiju[sign]'"),
    Text("其余一切都不需要它，所以不随规矩安装", "nothing else needs it, so it does not come with Guiju"),
)
KEY_NOT_USABLE = Code(
    "key-not-usable",
    Severity.ERROR,
    Text("密钥不能用", "Key that cannot be used"),
    Text("“{path}”不能用：{reason}", "`{path}` cannot be used: {reason}"),
    Text(
        "签名用 ed25519 私钥，核对用公钥，都是 PEM 文件：guiju keygen 生成一对",
        "signing takes an ed25519 private key and verifying a public one, as PEM files: `guiju keygen` makes a pair",
    ),
    Text("一种算法就够了，也最不容易用错", "one algorithm is enough, and least easily used wrongly"),
)
NOT_A_SIGNATURE = Code(
    "not-a-signature",
    Severity.ERROR,
    Text("不是签名文件", "Not a signature file"),
    Text("这不是 DSSE 签名文件：{reason}", "this is not a DSSE envelope: {reason}"),
    Text("给出 guiju sign 写出的文件", "name a file that `guiju sign` wrote"),
    Text("读不出的签名不能当作有效", "a signature that cannot be read must not count as one"),
)
NO_SIGNATURE = Code(
    "no-signature",
    Severity.ERROR,
    Text("没有签名", "No signature"),
    Text("文件里没有任何签名", "the file holds no signature at all"),
    Text("向出具者索取签过名的文件", "ask whoever made it for the signed file"),
    Text("没有签名的声明谁都写得出", "anybody can write a statement that nobody signed"),
)
WRONG_PAYLOAD_TYPE = Code(
    "wrong-payload-type",
    Severity.ERROR,
    Text("签名的内容不是声明", "Signature of something else"),
    Text("签的是“{found}”，不是 in-toto 声明", "what is signed is `{found}`, and no in-toto statement"),
    Text("给出针对评价包的签名", "name the signature of a bundle"),
    Text("同样的字节换一种类型就是另一个意思", "the same bytes mean another thing under another type"),
)
WRONG_KEY = Code(
    "wrong-key",
    Severity.ERROR,
    Text("不是这把密钥签的", "Signed with another key"),
    Text(
        "这把密钥（{key}）没有签过；签名写着的密钥：{found}",
        "this key ({key}) signed nothing here; the signatures name: {found}",
    ),
    Text("用签名者给出的公钥核对", "verify with the public key that the signer gave out"),
    Text("签名只能说明持有这把密钥的人作了声明", "a signature tells only that the holder of a key made a statement"),
)
SIGNATURE_DOES_NOT_FIT = Code(
    "signature-does-not-fit",
    Severity.ERROR,
    Text("签名与内容不符", "Signature that does not fit"),
    Text("声明或签名在签名之后被改动", "the statement or its signature was changed after it was signed"),
    Text("取回原来的文件", "get the file as it was"),
    Text("改动过的声明不再是签名者所说的", "a statement that was changed is not what the signer said"),
)
NOT_THIS_BUNDLE = Code(
    "not-this-bundle",
    Severity.ERROR,
    Text("签的不是这个评价包", "Signature of another bundle"),
    Text(
        "签名是对 {signed} 作的，这个文件是 {found}",
        "what was signed is {signed}, and this file is {found}",
    ),
    Text("取回签名时的评价包，或向出具者索取", "get the bundle that was signed, or ask whoever made it"),
    Text("签名针对确切的字节，多一个空格也不行", "a signature is for the exact bytes, down to a blank"),
)
STATEMENT_DIFFERS = Code(
    "statement-differs",
    Severity.ERROR,
    Text("声明与评价包不符", "Statement that differs from its bundle"),
    Text(
        "声明的“{member}”与评价包不同，或它不是关于评价包的声明",
        "`{member}` of the statement is not as the bundle has it, or the statement is not about a bundle",
    ),
    Text("不要采信这份声明", "do not rely on this statement"),
    Text("声明说的须与包里的一致", "what a statement says must be what the bundle says"),
)
BUNDLE_CODES: tuple[Code, ...] = (
    NOT_A_BUNDLE,
    BUNDLE_BREAKS_OFF,
    BUNDLE_CHANGED,
    BUNDLE_LINE_ENDS,
    BUNDLE_SOURCE,
    BUNDLE_DEVIATES,
    OTHER_ENGINE,
    SIGNING_NOT_INSTALLED,
    KEY_NOT_USABLE,
    NOT_A_SIGNATURE,
    NO_SIGNATURE,
    WRONG_PAYLOAD_TYPE,
    WRONG_KEY,
    SIGNATURE_DOES_NOT_FIT,
    NOT_THIS_BUNDLE,
    STATEMENT_DIFFERS,
)
