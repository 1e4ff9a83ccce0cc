"""Zip archives read and rewritten so that all but one member keeps its bytes.

`zipfile` would write every header anew; here members, their order, times, extra fields and comments are copied as they
are, and only sizes, check sums and offsets that a changed member moves are set.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from ...entrepot.translatable_text import Text
from .problems import FileLeft, damaged_archive, unusual_archive
from .stamps import CHUNK

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_SIZES = struct.Struct("<3L")
_EXTRA = struct.Struct("<2H")
_OFFSET = struct.Struct("<L")
_SIZES_AT_LOCAL, _SIZES_AT_CENTRAL, _OFFSET_AT_CENTRAL, _DIRECTORY_AT_END = 14, 16, 42, 16
_ENCRYPTED, _SIZES_FOLLOW = 1, 8
_STORED, _DEFLATED = 0, 8
# What says that the real number is in an extra field.
_ZIP64 = 0xFFFFFFFF
_WIDE_SIZES = 1
# What bits 1 and 2 of a deflated member say of its level. QGIS writes 9.
_LEVELS = {0: 6, 2: 9, 4: 3, 6: 1}

_LONGEST_DIRECTORY = 4 << 20
# The XML of 10,000 layers of one kind shrinks to a hundredth; what shrinks further is made of nothing.
_LARGEST_MEMBER = 1 << 30
_LARGEST_RATIO = 300
_SMALL = 32 << 20


@dataclass(frozen=True)
class Member:
    """An entry of the directory: where its header and its data are, what it says of its data."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    entry_at: int
    header_at: int
    data_at: int
    ends_at: int

    @property
    def is_bomb(self) -> bool:
        """Whether it unpacks to what no project is."""
        return self.size > _LARGEST_MEMBER or self.size > max(_SMALL, self.packed * _LARGEST_RATIO)


@dataclass(frozen=True)
class Archive:
    """An open archive: its members in the order of their data, and where its directory and its end begin."""

    file: BinaryIO
    members: tuple[Member, ...]
    directory_at: int
    end_at: int

    def unpacked(self, member: Member) -> Iterator[bytes]:
        """Return a member's content in chunks; raises `FileLeft` where it is not what the directory says."""
        if member.is_bomb:
            raise FileLeft(Text("“{member}” in it unpacks to more than a project can be.", {"member": member.name}))
        if member.flags & _ENCRYPTED or member.method not in (_STORED, _DEFLATED):
            raise FileLeft(unusual_archive())
        crc, size = 0, 0
        for chunk in _plain(self.file, member):
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            if size > member.size:
                raise FileLeft(damaged_archive())
            yield chunk
        if (crc, size) != (member.crc, member.size):
            raise FileLeft(damaged_archive())


def open_archive(file: BinaryIO) -> Archive:
    """Read the directory of an archive; raises `FileLeft` for one that is damaged, dangerous or unusual."""
    length = file.seek(0, 2)
    end_at = _find_end(file, length)
    file.seek(end_at)
    _, disk, first_disk, here, count, size, offset, _ = _END.unpack(file.read(_END.size))
    if disk or first_disk or here != count or _ZIP64 in (size, offset) or size > _LONGEST_DIRECTORY:
        raise FileLeft(unusual_archive())
    if offset + size != end_at:
        raise FileLeft(damaged_archive() if offset + size > end_at else unusual_archive())
    file.seek(offset)
    entries = sorted(_entries(file.read(size), count), key=lambda entry: entry.header_at)
    ends = [*(entry.header_at for entry in entries[1:]), offset]
    members = tuple(_placed(file, entry, end) for entry, end in zip(entries, ends))
    return Archive(file, members, offset, end_at)


def write_with(archive: Archive, changed: Mapping[Member, Iterable[bytes]], new: BinaryIO) -> None:
    """Write an archive in which some members have another content, given in chunks, and nothing else differs."""
    archive.file.seek(archive.directory_at)
    directory = bytearray(archive.file.read(archive.end_at - archive.directory_at))
    _copy(archive.file, new, 0, archive.members[0].header_at if archive.members else archive.directory_at)
    for member in archive.members:
        _OFFSET.pack_into(directory, member.entry_at + _OFFSET_AT_CENTRAL, new.tell())
        if member in changed:
            sizes = _write_changed(archive.file, new, member, changed[member])
            _SIZES.pack_into(directory, member.entry_at + _SIZES_AT_CENTRAL, *sizes)
        else:
            _copy(archive.file, new, member.header_at, member.ends_at)
    directory_at = new.tell()
    new.write(directory)
    archive.file.seek(archive.end_at)
    end = bytearray(archive.file.read())
    _OFFSET.pack_into(end, _DIRECTORY_AT_END, directory_at)
    new.write(end)


def _find_end(file: BinaryIO, length: int) -> int:
    """Return where the end record begins; a comment of up to 64 KB may follow it."""
    start = max(0, length - _END.size - 0xFFFF)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    while at >= 0:
        if at + _END.size <= len(tail) and _END.unpack_from(tail, at)[-1] == len(tail) - at - _END.size:
            return start + at
        at = tail.rfind(b"PK\5\6", 0, at)
    raise FileLeft(damaged_archive())


def _entries(directory: bytes, count: int) -> Iterator[Member]:
    at = 0
    for _ in range(count):
        if at + _CENTRAL.size > len(directory) or directory[at : at + 4] != b"PK\1\2":
            raise FileLeft(damaged_archive())
        _, _, _, flags, method, _, _, crc, packed, size, *rest = _CENTRAL.unpack_from(directory, at)
        lengths, header = rest[:3], rest[-1]
        name_at = at + _CENTRAL.size
        name = directory[name_at : name_at + lengths[0]].decode("utf-8", "replace")
        if _ZIP64 in (packed, size, header):
            raise FileLeft(unusual_archive())
        if _leaves_its_folder(name):
            raise FileLeft(Text("“{member}” in its archive would be unpacked elsewhere.", {"member": name}))
        yield Member(name, flags, method, crc, packed, size, at, header, 0, 0)
        at = name_at + sum(lengths)


def _leaves_its_folder(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _placed(file: BinaryIO, entry: Member, ends_at: int) -> Member:
    """Return an entry with the place of its data, which must lie between its header and the next one."""
    file.seek(entry.header_at)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or header[:4] != b"PK\3\4":
        raise FileLeft(damaged_archive())
    *_, name_length, extra_length = _LOCAL.unpack(header)
    data_at = entry.header_at + _LOCAL.size + name_length + extra_length
    if data_at + entry.packed > ends_at:
        raise FileLeft(damaged_archive())
    return replace(entry, data_at=data_at, ends_at=ends_at)


def _plain(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """Unpack a member, no further than the directory says it goes."""
    if member.method == _STORED:
        yield from _pieces(file, member.data_at, member.packed)
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in _pieces(file, member.data_at, member.packed):
            waiting, is_full = piece, True
            while waiting or is_full:
                chunk = inflate.decompress(waiting, CHUNK)
                waiting, is_full = inflate.unconsumed_tail, len(chunk) == CHUNK
                yield chunk
    except zlib.error as error:
        raise FileLeft(damaged_archive()) from error


def _pieces(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    """Read a stretch of a file; what else is read of it in between does not matter."""
    end = start + length
    while start < end:
        file.seek(start)
        piece = file.read(min(CHUNK, end - start))
        if not piece:
            raise FileLeft(damaged_archive())
        start += len(piece)
        yield piece


def _copy(file: BinaryIO, new: BinaryIO, start: int, end: int) -> None:
    for piece in _pieces(file, start, end - start):
        new.write(piece)


def _write_changed(file: BinaryIO, new: BinaryIO, member: Member, chunks: Iterable[bytes]) -> tuple[int, int, int]:
    """Write a member with another content; return its check sum, its packed and its whole size."""
    header = bytearray(b"".join(_pieces(file, member.header_at, member.data_at - member.header_at)))
    behind_at = member.data_at + member.packed
    behind = bytearray(b"".join(_pieces(file, behind_at, member.ends_at - behind_at)))
    header_at = new.tell()
    new.write(header)
    sizes = _write_packed(new, member, chunks)
    _set_sizes(header, behind, member, sizes)
    new.write(behind)
    end = new.tell()
    new.seek(header_at)
    new.write(header)
    new.seek(end)
    return sizes


def _write_packed(new: BinaryIO, member: Member, chunks: Iterable[bytes]) -> tuple[int, int, int]:
    start = new.tell()
    crc, size = 0, 0
    pack = zlib.compressobj(_LEVELS[member.flags & 6], zlib.DEFLATED, -zlib.MAX_WBITS)
    for chunk in chunks:
        crc, size = zlib.crc32(chunk, crc), size + len(chunk)
        new.write(chunk if member.method == _STORED else pack.compress(chunk))
    if member.method == _DEFLATED:
        new.write(pack.flush())
    return crc, new.tell() - start, size


def _set_sizes(header: bytearray, behind: bytearray, member: Member, sizes: tuple[int, int, int]) -> None:
    """Set check sum and sizes before the data, behind them, or both, wherever they stand now."""
    now = _SIZES.unpack_from(header, _SIZES_AT_LOCAL)
    if _ZIP64 in now[1:] or _has_wide_sizes(header):
        raise FileLeft(unusual_archive())
    if any(now):
        _SIZES.pack_into(header, _SIZES_AT_LOCAL, *sizes)
    if member.flags & _SIZES_FOLLOW:
        at = 4 if behind.startswith(b"PK\7\x08") else 0
        if len(behind) < at + _SIZES.size:
            raise FileLeft(unusual_archive())
        _SIZES.pack_into(behind, at, *sizes)


def _has_wide_sizes(header: bytearray) -> bool:
    """Whether the extra field of a header repeats the sizes in 64 bits."""
    at = _LOCAL.size + _LOCAL.unpack_from(header)[-2]
    while at + _EXTRA.size <= len(header):
        kind, length = _EXTRA.unpack_from(header, at)
        if kind == _WIDE_SIZES:
            return True
        at += _EXTRA.size + length
    return False
