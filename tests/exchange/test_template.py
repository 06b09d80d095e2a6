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
