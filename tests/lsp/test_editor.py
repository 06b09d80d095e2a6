"""What somebody sees who writes GB/T 45288.3 in an editor, keystroke by keystroke."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.editor import Editor, editor
from tests.project.repository import ROOT

POLICY = ROOT / "policies" / "gbt-45288.3-2025" / "gbt-45288.3-2025.guiju"
CONDITION = "training_compute_10b >= 50 PFLOPS"


def codes(found: Sequence[types.Diagnostic]) -> list[str]:
    return [str(d.code) for d in found]


def in_editor(path: Path, session: Callable[[Editor], Coroutine[Any, Any, None]], *more: str) -> None:
    async def run() -> None:
        async with editor(path, "en", *more) as opened:
            await session(opened)

    asyncio.run(run())


def test_a_standard_is_written_in_an_editor():
    """One session, for opening this policy takes most of the time."""

    async def session(e: Editor) -> None:
        assert codes(await e.open()) == ["mistake-in-the-standard"]
        await breaking_and_mending(e)
        await reading(e)
        await completing(e)
        await renaming(e)
        await beyond_the_plane(e)
        await looking(e)

    in_editor(POLICY, session)


async def breaking_and_mending(e: Editor) -> None:
    """In the middle of the text; each time what is told at once is what is told in the end."""
    broken = await e.type(CONDITION, "training_compute_10b >= and (")
    assert [codes(found) for found in broken] == [["unexpected-text"]] * 2
    assert e.words(broken[1][0].range) == "("
    assert "Help: " in broken[1][0].message
    misspelt = await e.type("training_compute_10b >= and (", "training_compute_10a >= 50 PFLOPS")
    assert "unknown-name" in codes(misspelt[1])
    mended = await e.type("training_compute_10a >= 50", "training_compute_10b >= 50")
    assert [codes(found) for found in mended] == [["mistake-in-the-standard"]] * 2


async def reading(e: Editor) -> None:
    hover = await e.client.text_document_hover_async(types.HoverParams(e.document, e.at(CONDITION)))
    assert hover is not None
    assert isinstance(hover.contents, types.MarkupContent)
    for said in ("**Fact** `training_compute_10b`", "百亿级训练算力", "Cites: 6.1.1.1 e)", "a quantity in PFLOPS"):
        assert said in hover.contents.value
    clause = await e.client.text_document_hover_async(types.HoverParams(e.document, e.at('e) "百亿级训练算力"')))
    assert clause is not None
    assert isinstance(clause.contents, types.MarkupContent)
    assert "Counts at: L2, L3" in clause.contents.value
    assert "Used by: score of hardware at L2" in clause.contents.value
    found = await e.client.text_document_definition_async(types.DefinitionParams(e.document, e.at(CONDITION)))
    assert isinstance(found, list)
    assert [f.range.start for f in found if isinstance(f, types.Location)] == [e.at("training_compute_10b : PFLOPS")]
    context = types.ReferenceContext(include_declaration=True)
    asked = types.ReferenceParams(context, e.document, e.at('e) "百亿级训练算力"'))
    uses = await e.client.text_document_references_async(asked)
    assert uses is not None
    assert {"e)", "a)~f)", "6.1.1.1", "6.1.1.1 e)"} <= {e.words(use.range) for use in uses}, (
        "a range and a section that hold the clause speak of it"
    )


async def completing(e: Editor) -> None:
    await e.type(CONDITION, "training_compute_10b >= 50 ")
    asked = types.CompletionParams(e.document, e.at("training_compute_10b >= 50 ", len("training_compute_10b >= 50 ")))
    offered = await e.client.text_document_completion_async(asked)
    assert isinstance(offered, types.CompletionList)
    assert offered.items[0].label == "PFLOPS", "the unit of the fact comes first"
    assert "tokens" not in [item.label for item in offered.items]
    await e.type("training_compute_10b >= 50 ", CONDITION)


async def renaming(e: Editor) -> None:
    asked = types.RenameParams(e.document, e.at(CONDITION), "tenbillion")
    edit = await e.client.text_document_rename_async(asked)
    assert edit is not None
    assert edit.changes is not None
    assert {e.words(change.range) for change in edit.changes[e.uri]} == {"training_compute_10b"}
    assert len(edit.changes[e.uri]) == e.text.count("training_compute_10b")
    beside = {uri.rpartition("/")[2] for uri in edit.changes if uri != e.uri}
    said = [p.name for p in sorted((POLICY.parent / "evidence").iterdir()) if "training_compute_10b:" in p.read_text()]
    assert beside >= set(said) > set(), "evidence that lies below the policy follows"
    with pytest.raises(JsonRpcException, match="already declared"):
        await e.client.text_document_rename_async(types.RenameParams(e.document, e.at(CONDITION), "training_compute"))
    with pytest.raises(JsonRpcException, match="the standard's own"):
        await e.client.text_document_prepare_rename_async(types.PrepareRenameParams(e.document, e.at("6.1.1.1 e)", 9)))


async def beyond_the_plane(e: Editor) -> None:
    """Characters of two UTF-16 units each: in front of what is typed, in what is renamed."""
    label, marked = 'e) "百亿级训练算力"', 'e) "😀👩𠮷百亿级训练算力"'
    assert [codes(found) for found in await e.type(label, marked)] == [["mistake-in-the-standard"]] * 2
    broken = await e.type(CONDITION, "training_compute_10b >= and (")
    assert [e.words(found[0].range) for found in broken] == ["("] * 2
    await e.type("training_compute_10b >= and (", "𠮷力 >= 50 ")
    (unknown,) = (d for d in await e.told(2) if d.code == "unknown-name")
    assert e.words(unknown.range) == "𠮷力"
    declared = await e.type("alias 百亿级训练算力", "alias 𠮷力 alias 百亿级训练算力")
    assert "unknown-name" not in codes(declared[1])
    asked = types.CompletionParams(e.document, e.at("𠮷力 >= 50 ", len("𠮷力 >= 50 ")))
    offered = await e.client.text_document_completion_async(asked)
    assert isinstance(offered, types.CompletionList)
    assert offered.items[0].label == "PFLOPS"
    edit = offered.items[0].text_edit
    assert isinstance(edit, types.TextEdit)
    assert edit.range == types.Range(asked.position, asked.position)
    await e.type("𠮷力 >= 50 ", "𠮷力 >= 50 PFLOPS")
    renaming = types.RenameParams(e.document, e.at("𠮷力 >= 50", 2), "算力𠮷")
    renamed = await e.client.text_document_rename_async(renaming)
    assert renamed is not None
    assert renamed.changes is not None
    assert [e.words(change.range) for change in renamed.changes[e.uri]] == ["𠮷力"] * 2
    hover = await e.client.text_document_hover_async(types.HoverParams(e.document, e.at("𠮷力 >= 50", 1)))
    assert hover is not None
    assert hover.range is not None
    assert e.words(hover.range) == "𠮷力"
    for new, old in ((marked, label), ("alias 𠮷力 alias", "alias"), ("𠮷力 >= 50 PFLOPS", CONDITION)):
        await e.type(new, old)
    assert e.text == POLICY.read_text("utf-8")
    assert codes(await e.told(2)) == ["mistake-in-the-standard"]


async def looking(e: Editor) -> None:
    outline = await e.client.text_document_document_symbol_async(types.DocumentSymbolParams(e.document))
    groups = [s for s in outline or () if s.name == "domain platform" and isinstance(s, types.DocumentSymbol)]
    assert groups
    assert groups[0].children is not None
    hardware = groups[0].children[0]
    assert hardware.children is not None
    assert [s.name for s in hardware.children][:2] == ["section 6.1.1.1", "section 6.1.1.2"]
    tokens = await e.client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(e.document))
    assert tokens is not None
    assert len(tokens.data) > 4000 * 5
    whole = types.Range(types.Position(0, 0), types.Position(e.text.count("\n"), 0))
    hints = await e.client.text_document_inlay_hint_async(types.InlayHintParams(e.document, whole))
    assert [h.label for h in hints or ()][:3] == ["L1 L2 L3", "L1 L2 L3", "L2 L3"]
    folds = await e.client.text_document_folding_range_async(types.FoldingRangeParams(e.document))
    assert e.at("section 6.1.1.1").line in [fold.start_line for fold in folds or ()]


def test_quick_fixes_and_formatting_mend_a_text_in_chinese(tmp_path: Path):
    path = tmp_path / "店.guiju"
    path.write_text('标准 demo-1 "示范 1"\n分组 节\n事实 人手:个数\n节 4.1 "门店"\n  a) "够"   人于 ≥ 3\n', "utf-8")

    async def session(e: Editor) -> None:
        found = await e.open()
        unknown = next(d for d in found if d.code == "unknown-name")
        assert unknown.message.startswith("没有名为“人于”")
        context = types.CodeActionContext([unknown])
        actions = await e.client.text_document_code_action_async(
            types.CodeActionParams(e.document, unknown.range, context)
        )
        titles = [a.title for a in actions or () if isinstance(a, types.CodeAction)]
        assert titles == ["改成“人手”"]
        assert codes((await e.type("人于", "人手"))[1]) == []
        options = types.FormattingOptions(tab_size=2, insert_spaces=True)
        edits = await e.client.text_document_formatting_async(types.DocumentFormattingParams(e.document, options))
        assert edits is not None
        assert "".join(edit.new_text for edit in edits) == '事实 人手 : 个数\n节 4.1 "门店"\n  a) "够" 人手 >= 3\n'

    in_editor(path, session, "--lang", "zh")


def test_an_example_is_run_from_the_line_above_it(tmp_path: Path):
    path = tmp_path / "demo.guiju"
    path.write_text(SHOP, "utf-8")

    async def session(e: Editor) -> None:
        await e.open()
        assert await lenses(e) == ["Run example", "Run example"]
        assert await ran(e, "enough") == ("ok  enough",)
        assert await ran(e, "too few") == ("FAILED  too few", "expected  s: 0", "was  1")
        assert await lenses(e) == ["FAILED · run again", "ok · run again"]
        assert codes((await e.type("expect s = 0", "expect s = 1"))[1]) == []
        assert await lenses(e) == ["Run example", "Run example"], "of the text before"
        await e.type("expect s = 1", "expect s =")
        assert (await ran(e, "too few"))[0].startswith("the policy has mistakes")

    in_editor(path, session)


SHOP = """standard demo-1 "DEMO 1"
groups part
fact staff : count
part 1
  a) "x" staff > 2
score s = count of clauses satisfied
example "too few"
  given staff = 3
  expect s = 0
example "enough"
  given staff = 3
  expect s = 1
"""


async def lenses(e: Editor) -> list[str]:
    found = await e.client.text_document_code_lens_async(types.CodeLensParams(e.document))
    return [lens.command.title for lens in found or () if lens.command]


async def ran(e: Editor, name: str) -> tuple[str, ...]:
    """The first lines of what a server says that runs an example."""
    asked = types.ExecuteCommandParams("guiju.runExample", [e.uri, name])
    said = await e.client.workspace_execute_command_async(asked)
    assert isinstance(said, str)
    return tuple(said.splitlines()[:3])


def test_what_is_written_in_a_vocabulary_counts_before_it_is_saved(tmp_path: Path):
    vocabulary = tmp_path / "shop.guiju"
    vocabulary.write_text('vocabulary shop "Shop"\nfact staff : count\n', "utf-8")
    policy = tmp_path / "demo.guiju"
    policy.write_text('standard demo-1 "DEMO 1"\nuse shop\ngroups part\npart 1\n  a) "x" visitors > 3\n', "utf-8")

    async def session(e: Editor) -> None:
        assert "unknown-name" in codes(await e.open())
        text = vocabulary.read_text("utf-8") + "fact visitors : count\n"
        item = types.TextDocumentItem(vocabulary.as_uri(), "guiju", 1, text)
        e.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert codes(await e.told(3)) == []

    in_editor(policy, session)


def test_of_a_burst_of_keystrokes_the_last_text_is_told_of_and_a_closed_text_answers_with_nothing(tmp_path: Path):
    path = tmp_path / "demo.guiju"
    path.write_text(SHOP, "utf-8")
    burst = 40

    async def session(e: Editor) -> None:
        await e.open()
        place = types.Range(e.at("too few"), e.at("too few"))
        for _ in range(burst):
            e.version += 1
            versioned = types.VersionedTextDocumentIdentifier(e.version, e.uri)
            change = types.TextDocumentContentChangePartial(place, "x")
            e.client.text_document_did_change(types.DidChangeTextDocumentParams(versioned, [change]))
        await e.told(2)
        assert len({p.version for p in e.published}) < burst, "texts that were written over meanwhile are passed over"
        e.client.text_document_did_close(types.DidCloseTextDocumentParams(e.document))
        assert await e.client.text_document_hover_async(types.HoverParams(e.document, types.Position(0, 3))) is None
        assert await e.client.text_document_document_symbol_async(types.DocumentSymbolParams(e.document)) == []

    in_editor(path, session)
