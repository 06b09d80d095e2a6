"""Where 应, 宜, 可, 能 are modals: `[…]` marks each place that must be found, and nothing else may be."""

import re

import pytest

from guiju.compiler.modals import modals

SENTENCES = """\
门锁[应]光滑。
30 min 内[应]到达现场，2 h内[应]答复，室内[应]通风，场内[应]设标志，井道内[不应]有杂物，室内应急灯[应]亮。
应用程序[应]响应请求，相应的供应商[应]适应变化。
[应]对锁芯进行检查；制定应对措施。
[应]应用统一的编号。
反应釜的效应对应感应器，[应]急需更换的除外。
系统[应]变更口令，应变片[不应]脱落。
[应]用于门的里面时上锁。
可靠、可视、可用性和许可[可]不检查。
钥匙[可]用铜制，[宜]编号，不适宜的除外。
[能]从里面打开，功能、性能、智能、能力、可能不算。
自适应门[应]能报警。
数据处理[应]符合规定，管理[应]有制度，版本[应]不低于 2，原因[应]记录，格式统一[应]采用，连接[应]牢固，警报[应]响。
返回[应]有提示，影响[应]受控，提供[应]及时，核对[应]由两人进行，传感[应]灵敏，执照[应]有效；回应、响应、供应、对应、感应、照应不算。
启动时[宜]检查，主机[宜]联网，结合[宜]紧密，[宜]人工检查，合适[宜]先用；适宜、宜人的不算。
用户[可]取消授权，口令[可]变更，数据[可]导出，模型[可]微调，经确认[可]使用；可变电阻、可取的、认可不算。
（应）
应
The lock [shall] open, the key [should] be brass, keys [may] be numbered and [can] be lost.
钥匙[不必]编号，不必要的除外，[不需要]上油，不需要的拆下；[无须]上锁，不可能有两把。
Keys [need not] be numbered, [cannot] be copied and may not be lost.
In May 2026 a canned key marshalled nothing.
""".splitlines()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_modals_are_found_where_they_are_words_of_their_own(sentence: str):
    text = re.sub(r"[\[\]]", "", sentence)
    marked = [m.start() - 2 * i for i, m in enumerate(re.finditer(r"\[", sentence))]
    wanted = [at + (text[at : at + 2] == "不应") for at in marked]
    strong = [m.start for m in modals(text) if text[m.start] != "能" or "[能]" in sentence]
    assert strong == wanted
