"""Archives, whole or in volumes."""

from __future__ import annotations

from gpkeys_plugin.keys.downloads.volumes import Archive, archives


def test_volumes_are_one_archive_in_their_order() -> None:
    found = archives(["b.7z.002", "a.zip", "b.7z.001", "c.tif", "d.tar.gz", "e.7z.003", "e.7z.001"])
    assert found == (
        Archive("a.zip", ("a.zip",)),
        Archive("d.tar.gz", ("d.tar.gz",)),
        Archive("b.7z", ("b.7z.001", "b.7z.002")),
        Archive("e.7z", ("e.7z.001", "e.7z.003"), missing=(2,)),
    )
    assert [archive.stem for archive in found] == ["a", "d", "b", "e"]
    assert [archive.is_in_volumes for archive in found] == [False, False, True, True]
