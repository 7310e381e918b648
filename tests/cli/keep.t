What looks after an archive.

$ stet new t.stet -q && stet add -q "$STET_EXAMPLES/archive/mail"

$ stet verify
Whole: structure. (--read-data reads every checksum.)

$ stet verify --read-data
Whole: structure and every checksum.

$ stet doctor | head -1
stet 0.1.0

$ stet stats --digest | tail -1 | grep -cE '^digest [0-9a-f]{64}$'
1

# One flipped byte is found.

$ cp -r t.stet u.stet && python3 -c 'import glob; p = max(glob.glob("u.stet/segments/*"), key=lambda p: len(open(p, "rb").read())); d = bytearray(open(p, "rb").read()); d[len(d) // 2] ^= 1; open(p, "wb").write(d)'; stet verify -a u.stet --read-data
damaged ...
...
? 1

# A lost catalog is made again.

$ stet stats -a t.stet --digest -q >one; cp -r t.stet v.stet; rm v.stet/catalog.db*; stet rebuild -a v.stet && stet stats -a v.stet --digest -q | cmp - one && echo same
...
same

# A purged document is gone from every file.

$ grep -rlac 'dental practice' t.stet | wc -l; stet purge -a t.stet --reason test --yes C06900102 && stet search -a t.stet dental
...
? 1

$ stet purge -a t.stet C06900101
stet purge: give --reason: the ledger keeps it in place of the document
? 2

$ stet purge -a t.stet --reason test C06900101 </dev/null
...
stet purge: this cannot be undone: give --yes when nobody can be asked
? 2

$ stet verify -a t.stet --read-data
Whole: structure and every checksum.
