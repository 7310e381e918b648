What can be typed explains itself, and what cannot is refused in words.

$ stet
stet holds a news story against the documents it rests on.
...
? 2

$ stet --help | head -1
stet holds a news story against the documents it rests on.

$ stet help | grep -c '^  [a-z]* *[a-z]'
20

$ stet help check
stet check: hold a story against the archive and report what differs
...
Exit status: 0 nothing to do, 1 any fix, imprecise or query (see --fail-on), 2 could not run

$ stet check --help | head -1
stet check: hold a story against the archive and report what differs

$ stet check -h | tail -1
stet check --help says more.

$ stet --version
stet 0.1.0

$ stet chekc story.md
stet: no command is called "chekc"; did you mean "check"?
? 2

$ stet frobnicate
stet: no command is called "frobnicate" (stet help lists them)
? 2

$ stet help frobnicate
stet help: no command is called "frobnicate"
? 2

$ stet search --frob harbor
stet search: no such option: --frob (stet search --help lists them)
? 2

$ stet search -Z harbor
stet search: no such option: -Z (stet search --help lists them)
? 2

$ stet search -Zq harbor
stet search: no such option: -Z (stet search --help lists them)
? 2

$ stet search -qn
stet search: -n needs a value
? 2

$ stet search --json=5 harbor
stet search: --json takes no value
? 2

$ stet search --most
stet search: --most needs a value
? 2

$ stet search --most many harbor
stet search: --most takes a number, not "many"
? 2

$ stet search --sort size harbor
stet search: --sort takes rank, date or date-down, not "size"
? 2

$ stet check --format pdf story.md
stet check: --format takes memo, line, jsonl, json, sarif, html, annotated, checked, worksheet, webannotation, csv or bibtex, not "pdf"
? 2

$ stet check --fail-on never story.md
stet check: --fail-on takes fix, imprecise, query or note, not "never"
? 2

$ stet add --record secret .
stet add: --record takes private or public, not "secret"
? 2

$ stet check one.md two.md
stet check: one too many: "two.md"
? 2

$ stet stats >/dev/full
stet stats: ...
? 2
