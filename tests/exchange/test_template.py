"""A blank evidence file says which facts each clause stands on."""

from guiju.dsl.source import Source
from guiju.exchange.template import template
from guiju.library import compile_source


def test_a_chain_of_lets_each_using_the_last_one_twice_names_its_fact_once() -> None:
    lets = "".join(f"let l{i} = l{i - 1} + l{i - 1}\n" for i in range(1, 50))
    policy = f'standard p "P"\ngroups section\nfact l0 : number\n{lets}section 1 "s"\n  a) "x" l49 >= 1\n'
    program = compile_source(Source("policy.guiju", policy)).program
    assert program is not None
    lines = template(program, "en").splitlines()
    assert "  #   1 a): l49 >= 1" in lines
    assert "  #   follows from the facts, no verdict is needed: l0" in lines


OPTIONS = """standard p "P"
groups section
input site : one of shop | depot alias 场地 "场地" / "Site"
  shop alias 门店 "门店" / "shop"
fact copies : set of within | across alias 去重范围 "去重的范围" / "Where copies are removed"
  within alias 集内去重 "一个数据集之内" / "Within a data set"
  across "数据集之间" / "Between data sets"
section 1 "s"
  a) "x" within in copies
score met = count of clauses satisfied
"""


def test_options_stand_by_the_names_of_the_language_with_what_they_mean() -> None:
    program = compile_source(Source("policy.guiju", OPTIONS)).program
    assert program is not None
    zh, en = template(program, "zh").splitlines(), template(program, "en").splitlines()
    assert {"  去重范围:  # [集内去重, across]", "  场地:  # 门店 | depot  场地"} <= set(zh)
    assert "  #   取值: 集内去重 一个数据集之内; across 数据集之间" in zh
    assert "  copies:  # [within, across]" in en
    assert "  #   options: within Within a data set; across Between data sets" in en
    assert not any(line.startswith("  #   options: shop") for line in en)  # the labels are the names
