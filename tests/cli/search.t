Words, phrases, fields; broken queries are refused with the place.

$ stet new t.stet -q && { stet add -q "$STET_EXAMPLES/archive/cables"; stet add -q "$STET_EXAMPLES/archive/mail"; stet add -q --record public "$STET_EXAMPLES/archive/press"; }

$ stet search '"two-page card"' number:26PORTLEONE12
26PORTLEONE12#p4 ...
    ...

1 document. Searched: ...
...

# A phrase across a page line is found; a portion mark is no word of it.

$ stet search -q '"both the shippers and the soldiers have grown tired"' | head -1
26PORTLEONE12#p4 ...

$ stet search --format tsv '"joint cell"' class:secret | cut -f1 | cut -d'#' -f1 | sort -u
26PORTLEONE12
26PORTLEONE152

$ stet search --json kind:email sockets | python3 -c 'import json, sys; print(*sorted(json.loads(line)["doc"] for line in sys.stdin))'
C06900105

$ stet search -q 'Pazcual NOT kind:cable' --collection press --format tsv | wc -l
2

$ stet search zanzibar
0 documents. Searched: ...
...
? 1

$ stet search 'camino'  --collection press --format tsv | cut -f1 | cut -d'#' -f1 | wc -l
1

$ stet search --collection nothere harbor
stet search: ...
? 2

$ stet search '"never closed'
stet search: ...
? 2

$ stet search 'harbor AND'
stet search: ...
? 2

$ stet search '(harbor'
stet search: ...
? 2

$ stet search 'clas:secret harbor'
stet search: ...
? 2

$ stet search 'date:2026-13-45'
stet search: ...
? 2

$ stet search --sort date --format tsv 'tag:SNAR' | cut -f2 | grep '[0-9]' | sort -c && echo ordered
ordered

$ stet search -n 2 --skip 2 -q container --format tsv | wc -l
2
