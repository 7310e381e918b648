A document, a paragraph, and what cannot be shown.

$ stet new t.stet -q && { stet add -q "$STET_EXAMPLES/archive/cables"; stet add -q "$STET_EXAMPLES/archive/mail"; }

$ stet show 26PORTLEONE12#p6 | grep -c 'argue, with good reason'
1

$ stet show 26PORTLEONE12#p6 | grep -c 'hardly speak'
1

$ stet show 26PORTLEONE12#p6 | grep -c 'a verdict'
0
? 1

$ stet show 26portleone12 | grep -c 'SECRET'
1

$ stet show --all C06900102 | grep -c 'dental practice'
1

$ stet show --json 26PORTLEONE31 | python3 -c 'import json, sys; json.load(sys.stdin); print("one object")'
one object

$ stet show 99NOWHERE1
stet show: ...
? 1

$ stet show '26PORTLEONE12#p99'
stet show: ...
? 1

$ stet show '26PORTLEONE12#'
stet show: ...
? 2

# What refers to it is named.

$ stet show 26PORTLEONE12 | grep -c '26STATE10442'
1

# The header in the order in which people read it, each field once.

$ stet show 26PORTLEONE31
26PORTLEONE31  cable
number        26PORTLEONE31
origin        Embassy Port Leone
date          2026-02-13T18:02
class         SECRET
...
subject       PRESIDENT BASTIDAS ON THE PORT: ...
tag           PGOV, ...
...

$ stet show 26PORTLEONE12 | sed -n '/^caption/,/^ref/p'
caption       SIPDIS
subject       SCENESETTER FOR THE JOINT SECURITY COMMITTEE, PORT LEONE, FEBRUARY 9
tag           PGOV, PREL, MARR, SNAR, PHUM, CX
ref           25PORTLEONE702, 25PORTLEONE733

$ stet show 26PORTLEONE12 | grep -c charset
0
? 1

$ stet show --json 26PORTLEONE12 | grep -c charset
1

$ stet show 26PORTLEONE12#p6 | grep -cF '[SBU]'
0
? 1

$ stet show 26PORTLEONE12 | tail -1
from:           cables/26PORTLEONE12.txt

# What has neither number nor title is known by its file.

$ stet add -q --record public "$STET_EXAMPLES/archive/press" && stet show "$(stet search --format tsv -c press sea NEAR/4 calm | cut -d'#' -f1)" | head -1
pti67dgib5qg  text  2026-06-08-courier-election-results

$ stet search -q -c press 'sea NEAR/4 calm' | head -1
pti67dgib5qg#n7  2026-06-08-courier-election-results
