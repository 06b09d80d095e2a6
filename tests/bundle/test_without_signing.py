"""Without the extra `guiju[sign]` everything works but signing and verifying, and these say what is lacking."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.cli.main import main
from tests.bundle import made


@pytest.mark.parametrize("call", [("sign", "shop.json"), ("verify", "shop.json", "shop.sig")])
@pytest.mark.parametrize(("language", "said"), [("en", "install guiju[sign]"), ("zh", "安装 guiju[sign]")])
def test_signing_says_what_to_install(
    call: tuple[str, ...], language: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    result = CliRunner().invoke(main, [*call, "--key", "key.pem", "--lang", language])
    assert result.exit_code == 1
    assert "[signing-not-installed]" in result.stderr
    assert said in result.stderr


def test_a_bundle_is_replayed_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    Path("shop.json").write_text(made.text(), encoding="utf-8")
    result = CliRunner().invoke(main, ["replay", "shop.json", "--lang", "en"])
    assert result.exit_code == 0
    assert "the same byte for byte" in result.stdout
    assert "other-engine" in result.stderr  # the bundle of these tests names a version of its own
