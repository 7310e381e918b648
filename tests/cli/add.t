Files come in once, every one gets a line, and nothing is dropped.

$ stet new t.stet -q && cp -r "$STET_EXAMPLES/archive" in && chmod -R u+w in

$ stet add in/cables
Collection "cables": 24 new documents, in ...
        24  read in full ...
         1  of a type not read yet ...
        25  files in all ...
stet ledger --problems names each file that was not read in full, and why.
? 1

$ stet add in/cables
Nothing new: all 25 files are in collection "cables" already.
        25  unchanged, there already ...
        25  files in all ...

$ stet add -q in/mail && stet add -q in/scans && stet add -q --record public in/press

$ stet stats | head -1
44 documents in 44 parts from 45 files, 4 collections

$ stet stats --digest -q >one && { stet add -q in/cables; stet add -q in/mail; test -s one; } && stet stats --digest -q | cmp - one && echo same
same

$ stet ledger --sums
Held: 45 files, 44 read ...

$ stet ledger --problems
of a type not read yet   841 bytes  cables/annex.pdf  [PDF]  a type that is not read yet; the original is kept

Held: 45 files, ...
? 1

$ stet ledger --format tsv | awk -F'\t' 'NF != 9' | wc -l
0

$ stet ledger --format tsv | awk -F'\t' 'NR > 1 && $5 != $6 && $3 == "read in full"' | wc -l
0

$ stet add --retry in/cables
...
? 1

$ stet stats | head -1
44 documents in 44 parts from 45 files, 4 collections

# A copy under another name is one document, named twice.

$ cp in/mail/C06900102.txt in/mail/copy.txt && stet add in/mail
Collection "mail": 0 new documents, in ...
...
$ stet stats | head -1
44 documents in 44 parts from 46 files, 4 collections

# What cannot be there is said, and the rest goes on.

$ stet add nowhere
stet add: ...
? 2

$ mkdir odd && : >odd/empty.txt && ln -s /etc/passwd odd/link.txt && mkfifo odd/pipe && stet add odd
Collection "odd": 0 new documents, in ...
         2  not opened ...
         1  without text ...
         3  files in all ...
...
? 1

$ stet search passwd
...
? 1
