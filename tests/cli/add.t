Files come in once, every one gets a line, and nothing is dropped.

$ stet new t.stet -q && cp -r "$STET_EXAMPLES/archive" in && chmod -R u+w in && printf 'SQLite format 3\0' >in/cables/seal.db

$ stet add in/cables
Collection "cables": 24 new documents, in ...
        24  read in full ...
         1  could not be read ...
         1  of a type not read yet ...
        26  files in all ...
stet ledger --problems names each file that was not read in full, and why.
? 1

$ stet add in/cables
Nothing new: all 26 files are in collection "cables" already.
        26  unchanged, there already ...
        26  files in all ...

$ stet add -q in/mail && stet add -q in/scans && stet add -q --record public in/press

$ stet stats | head -1
45 documents in 44 parts from 46 files, 4 collections

$ stet stats --digest -q >one && { stet add -q in/cables; stet add -q in/mail; test -s one; } && stet stats --digest -q | cmp - one && echo same
same

$ stet ledger --sums
Held: 46 files, 43 read in full, 1 readable but doubtful, ...

$ stet ledger --problems
could not be read           1.5 kB  cables/annex.pdf  [PDF]  locked with a password
of a type not read yet    16 bytes  cables/seal.db  [database (SQLite)]  a type that is not read yet; the original is kept
readable but doubtful    893 bytes  scans/310-20014-10031.md  [text]  53 % of its words look misread

Held: 46 files, ...
? 1

$ stet ledger --format tsv | awk -F'\t' 'NF != 9' | wc -l
0

$ stet ledger --format tsv | awk -F'\t' 'NR > 1 && $5 != $6 && $3 == "read in full"' | wc -l
0

$ stet ledger --format tsv -c mail | awk -F'\t' 'NR > 1 { print $8 "  in/" $2 }' | sha256sum -c --quiet && echo sums
sums

$ stet ledger --format tsv | awk -F'\t' 'NR > 1 && length($8) != 64' | wc -l
0

$ stet add --retry in/cables
...
? 1

$ stet stats | head -1
45 documents in 44 parts from 46 files, 4 collections

# What was read in part stays so when it is tried again, and is no copy of itself.

$ mkdir part again && stet new again/r.stet -q && python3 -c "import tarfile; t = tarfile.open('part/two.tar', 'w'); [t.add(f'in/mail/{n}', n) for n in ('C06900101.txt', 'C06900102.txt')]; t.close(); open('part/two.tar', 'r+').truncate(4000)" && stet add -q -a again/r.stet part; stet ledger -a again/r.stet --problems -q
read in part                4.0 kB  part/two.tar  [archive (tar)]  1 file; the archive is damaged or cut short
? 1

$ stet stats -a again/r.stet | head -1 >one; stet add -a again/r.stet --retry part; stet ledger -a again/r.stet --problems -q; stet stats -a again/r.stet | head -1 | cmp - one && echo same
Collection "part": 0 new documents, in ...
         1  read in part ...
         1  file in all ...
...
read in part                4.0 kB  part/two.tar  [archive (tar)]  1 file; the archive is damaged or cut short
same

$ touch part/two.tar && stet add -q -a again/r.stet part; stet ledger -a again/r.stet --problems -q
read in part                4.0 kB  part/two.tar  [archive (tar)]  1 file; the archive is damaged or cut short
? 1

# A copy under another name is one document, named twice.

$ cp in/mail/C06900102.txt in/mail/copy.txt && stet add in/mail
Collection "mail": 0 new documents, in ...
...
$ stet stats | head -1
45 documents in 44 parts from 47 files, 4 collections

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

# What gave no text is no new document, and one thing is not several.

$ mkdir lamp && yes "$(printf 'No\001\002\003\004text')" | head -c 4000 >lamp/junk.txt && printf 'A keeper of lamps.\n' >lamp/good.txt && stet add lamp
Collection "lamp": 1 new document, in ...
         1  read in full ...
         1  could not be read ...
         2  files in all ...
...
? 1

$ stet new u.stet -q && stet add -q -a u.stet lamp/good.txt; stet stats -a u.stet
1 document in 1 part from 1 file, 1 collection
4 words, ...
on disk: ...

$ stet add -a u.stet lamp/good.txt
Nothing new: the file is in collection "lamp" already.
...

# Several paths go into one collection, and this is said.

$ stet add -a u.stet in/mail in/scans
Collection "mail" (named after the first of 2 paths): ...
...

$ stet add -a u.stet -c both in/mail in/scans | head -1
Collection "both": ...

# A row of the ledger that cannot be read is no answer: nothing is taken in twice on its account.

$ python3 -c "import sqlite3; d = sqlite3.connect('u.stet/catalog.db'); d.execute('UPDATE ledger SET size = size + 1'); d.commit()"; stet add -a u.stet lamp/good.txt
stet add: catalog.db is damaged...
? 2

