An archive is made once, found from below, and never guessed at.

$ stet new leak.stet
Made leak.stet: an empty archive. Next: stet add -a leak.stet FOLDER

$ stet new leak.stet
stet new: ...
? 2

$ stet stats
0 documents in 0 parts from 0 files, 0 collections
...

$ mkdir -p below/deeper && cd below/deeper && stet stats | head -1
0 documents in 0 parts from 0 files, 0 collections

$ stet new second.stet -q && stet stats
stet stats: ...
? 2

$ STET_ARCHIVE=second.stet stet stats | head -1
0 documents in 0 parts from 0 files, 0 collections

$ stet stats -a second.stet | head -1
0 documents in 0 parts from 0 files, 0 collections

$ stet search -a leak.stet harbor
...
? 1

$ mkdir none && cd none && STET_ARCHIVE= stet stats -a missing.stet
stet stats: ...
? 2

$ stet new
stet new: something is missing: stet new NAME.stet
? 2

$ stet new /proc/nowhere.stet
stet new: ...
? 2
