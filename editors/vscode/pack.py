"""Packs the extension into a .vsix, the zip that VS Code installs: the same sources give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from icon import png  # type: ignore[import-not-found] # the folder of a script is where it imports from

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUNDLE = ROOT / "build" / "vscode" / "extension.js"
FILES = ("package.nls.json", "package.nls.zh-cn.json", "language-configuration.json", "README.md")
TYPES = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".png" ContentType="image/png"/>
  <Default Extension=".js" ContentType="application/javascript"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".txt" ContentType="text/plain"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
"""
MANIFEST = """<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="{name}" Version="{version}" Publisher="{publisher}"/>
    <DisplayName>{displayName}</DisplayName>
    <Description xml:space="preserve">{about}</Description>
    <Categories>{sorts}</Categories>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/icon.png</Icon>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="{engine}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Icons.Default" Path="extension/icon.png" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def parts() -> Iterator[tuple[str, str | bytes]]:
    """The files of the package with what is in them. What only building needs is left out of its package.json."""
    package = json.loads((HERE / "package.json").read_text("utf-8"))
    about = json.loads((HERE / "package.nls.json").read_text("utf-8"))["description"]
    known = {"about": about, "sorts": ",".join(package["categories"]), "engine": package["engines"]["vscode"]}
    for key in ("scripts", "dependencies", "devDependencies"):
        del package[key]
    yield "[Content_Types].xml", TYPES
    yield "extension.vsixmanifest", MANIFEST.format(**{**package, **known})
    yield "extension/package.json", json.dumps(package, ensure_ascii=False, indent=2)
    yield "extension/extension.js", BUNDLE.read_text("utf-8")
    yield "extension/icon.png", png()
    yield "extension/LICENSE.txt", (ROOT / "LICENSE").read_text("utf-8")
    for name in (*FILES, *(grammar["path"].removeprefix("./") for grammar in package["contributes"]["grammars"])):
        yield f"extension/{name}", (HERE / name).read_text("utf-8")


def pack() -> Path:
    """Write the package into `dist`, and say where it is."""
    version = json.loads((HERE / "package.json").read_text("utf-8"))["version"]
    path = ROOT / "dist" / f"guiju-{version}.vsix"
    path.parent.mkdir(exist_ok=True)
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, held in parts():
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            package.writestr(info, held.encode("utf-8") if isinstance(held, str) else held)
    return path


if __name__ == "__main__":
    print(pack().relative_to(ROOT))
