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
