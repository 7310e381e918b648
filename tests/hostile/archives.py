"""Archives of every kind, honest and hostile, made by hand: no program that packs is needed."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
import zlib

NOTE = b'The harbour master of Puerto Lobo wrote that the cranes stood idle for nine days.\n'
OTHER = b'A second paper says the coal ships came back in the spring, all but one of them.\n'


LONG = b''.join(b'Line %d of the log names ship %d.\n' % (i, i * 7919 % 1000) for i in range(4000))


def zip_of(members, stored=False):
    made = io.BytesIO()
    warnings.simplefilter('ignore')
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            out.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return made.getvalue()


def tar_of(members):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode='w', format=tarfile.PAX_FORMAT) as out:
        for name, content in members:
            entry = tarfile.TarInfo(name)
            if isinstance(content, tuple):
                entry.type, entry.linkname = content
                out.addfile(entry)
            else:
                entry.size = len(content)
                out.addfile(entry, io.BytesIO(content))
    return made.getvalue()


def zstd_of(content):
    """Raw blocks (RFC 8878, 3.1.1)."""
    out = b'\x28\xb5\x2f\xfd\xa0' + struct.pack('<I', len(content))
    for at in range(0, len(content) or 1, 1 << 17):
        block = content[at:at + (1 << 17)]
        out += struct.pack('<I', len(block) << 3 | (at + (1 << 17) >= len(content)))[:3] + block
    return out


def number7(value):
    """A number as 7z writes it (7zFormat.txt): here always in 8 bytes."""
    return b'\xff' + struct.pack('<Q', value)


def seven_of(members):
    """7z, every file copied into one folder each."""
    body = b''.join(content for _, content in members)
    count = number7(len(members))
    pack = b'\x06' + number7(0) + count + b'\x09' + b''.join(number7(len(c)) for _, c in members) + b'\x00'
    folders = b'\x07\x0b' + count + b'\x00' + b'\x01\x01\x00' * len(members)
    folders += b'\x0c' + b''.join(number7(len(c)) for _, c in members) + b'\x00'
    sums = b'\x08\x0a\x01' + b''.join(struct.pack('<I', zlib.crc32(c)) for _, c in members) + b'\x00'
    names = b'\x00' + b''.join(n.encode('utf-16-le') + b'\0\0' for n, _ in members)
    files = b'\x05' + count + b'\x11' + number7(len(names)) + names + b'\x00'
    header = b'\x01\x04' + pack + folders + sums + b'\x00' + files + b'\x00'
    start = struct.pack('<QQI', len(body), len(header), zlib.crc32(header))
    return b'7z\xbc\xaf\x27\x1c\x00\x04' + struct.pack('<I', zlib.crc32(start)) + start + body + header


def varint(value):
    out = b''
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def rar_block(kind, flags, fields, extra_data=b''):
    body = varint(kind) + varint(flags) + fields
    body = varint(len(body)) + body
    return struct.pack('<I', zlib.crc32(body)) + body + extra_data


def rar_of(members, locked=False):
    """RAR 5.0, stored."""
    out = b'Rar!\x1a\x07\x01\x00'
    out += rar_block(4, 0, b'\x00\x00\x0f' + b'S' * 16) if locked else rar_block(1, 0, b'\x00')
    for name, content in members:
        raw = name.encode()
        fields = varint(len(content)) + b'\x04' + varint(len(content)) + b'\x20' + struct.pack('<I', zlib.crc32(content))
        fields += b'\x00' + b'\x01' + varint(len(raw)) + raw
        out += rar_block(2, 2, fields, content)
    return out + rar_block(5, 0, b'\x00')


def locked_zip(name, content):
    made = bytearray(zip_of([(name, content)], stored=True))
    for mark, at in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
        made[made.find(mark) + at] |= 1
    return bytes(made)


def nested(depth, kind=zip_of):
    content = NOTE
    name = 'core.txt'
    for level in range(depth):
        content = kind([(name, content)])
        name = f'level{depth - level}.zip'
    return content


def zeros_deflated(size):
    """A gzip of zeros without making them all at once."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(1 << 20)
    return b''.join([packer.compress(block) for _ in range(size >> 20)] + [packer.flush()])


def zeros_zip(size):
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        out.writestr('first.txt', NOTE)
        with out.open('zeros.txt', 'w') as member:
            for _ in range(size >> 20):
                member.write(bytes(1 << 20))
    return made.getvalue()


def folded_bomb():
    """As 42.zip: zips of zips, each of many copies of the next."""
    content = zip_of([('zeros.txt', b' ' * (8 << 20))])
    for _ in range(4):
        content = zip_of([(f'copy{i}.zip', content) for i in range(12)])
    return content


def samples():
    """(path, bytes, verdict, words that its reason holds)"""
    pair = [('one.txt', NOTE), ('folder/two.txt', OTHER)]
    full, part, failed, unread = 'read in full', 'read in part', 'could not be read', 'of a type not read yet'
    yield 'zip/pair.zip', zip_of(pair), full, '2 files'
    yield 'zip/stored.zip', zip_of(pair, stored=True), full, '2 files'
    yield 'zip/empty.zip', zip_of([]), 'without text', '0 files'
    yield 'zip/nested8.zip', nested(8), full, ''
    yield 'zip/nested9.zip', nested(9), failed, 'more than 8 containers'
    yield 'zip/locked.zip', locked_zip('secret.txt', NOTE), failed, 'locked with a password'
    yield 'zip/cut.zip', zip_of(pair)[:-60], part, 'its end is missing'
    yield 'zip/damaged.zip', zip_of([('a.txt', NOTE * 50)]).replace(b'\x50\x4b\x01\x02', b'\x50\x4b\x07\x02')[:90], failed, ''
    yield 'zip/zeros300mb.zip', zeros_zip(300 << 20), part, 'more than 200 times its size'
    yield 'zip/folded.zip', folded_bomb(), part, ''
    yield 'zip/many.zip', zip_of([(f'{i}.txt', b'') for i in range(100002)]), part, 'more than 100,000 files'
    yield 'zip/names.zip', zip_of([('../../up.txt', NOTE), ('/etc/absolute.txt', OTHER), ('C:\\drive.txt', NOTE + b'3'),
                                   ('bell\x07\x1b[31m.txt', NOTE + b'4'), ('up.txt', OTHER + b'5'), ('up.txt', OTHER + b'6')]), full, '6 files'
    yield 'tar/pair.tar', tar_of(pair), full, '2 files'
    yield 'tar/pair.tar.gz', gzip.compress(tar_of(pair), mtime=0), full, '2 files'
    yield 'tar/pair.tar.xz', lzma.compress(tar_of(pair)), full, '2 files'
    yield 'tar/links.tar', tar_of([('a.txt', NOTE), ('hard', (tarfile.LNKTYPE, '/etc/passwd')), ('soft', (tarfile.SYMTYPE, '../../x')),
                                   ('pipe', (tarfile.FIFOTYPE, '')), ('../../b.txt', OTHER)]), full, '5 files'
    yield 'tar/cut.tar', tar_of([('a.txt', NOTE), ('b.txt', OTHER * 100)])[:4000], part, ''
    yield 'tar/cut.tar.gz', gzip.compress(tar_of([('a.txt', NOTE), ('b.txt', LONG)]), mtime=0)[:-4000], part, ''
    yield '7z/pair.7z', seven_of(pair), full, '2 files'
    yield '7z/one.7z', seven_of(pair[:1]), full, ''
    yield '7z/nested.7z', seven_of([('in.zip', zip_of(pair))]), full, ''
    yield '7z/cut.7z', seven_of(pair)[:-20], failed, ''
    yield '7z/damaged.7z', seven_of(pair).replace(NOTE[:8], b'XXXXXXXX'), part, ''
    yield '7z/endless.7z', seven_of(pair)[:32] + b'\xff' * 400, failed, ''
    yield 'rar/pair.rar', rar_of(pair), full, '2 files'
    yield 'rar/one.rar', rar_of(pair[1:]), full, ''
    yield 'rar/nested.rar', rar_of([('in.zip', zip_of(pair))]), full, ''
    yield 'rar/locked.rar', rar_of(pair, locked=True), failed, 'locked with a password'
    yield 'rar/cut.rar', rar_of(pair)[:130], part, 'its end is missing'
    yield 'rar/damaged.rar', rar_of(pair)[:8] + b'\x00' * 60, failed, ''
    yield 'single/note.txt.gz', gzip.compress(NOTE, mtime=0), full, ''
    yield 'single/note.txt.bz2', bz2.compress(NOTE), full, ''
    yield 'single/note.txt.xz', lzma.compress(NOTE), full, ''
    yield 'single/note.txt.zst', zstd_of(NOTE * 3000), full, ''
    yield 'single/zeros.gz', zeros_deflated(300 << 20), failed, 'more than 200 times its size'
    yield 'single/cut.bz2', bz2.compress(NOTE * 20)[:-30], failed, ''
    yield 'single/cut.xz', lzma.compress(NOTE * 20)[:-40], failed, ''
    yield 'single/cut.zst', zstd_of(NOTE * 3000)[:-4000], part, ''
    yield 'single/window.zst', b'\x28\xb5\x2f\xfd\x00\xff' + b'\x01\x00\x00', failed, ''
    yield 'single/mark.gz', b'\x1f\x8b', failed, ''
