The example stories: every planted slip is found with its verdict, and nothing else is.

$ stet new t.stet -q && for f in cables mail scans; do stet add -q "$STET_EXAMPLES/archive/$f"; done; stet add -q --record public "$STET_EXAMPLES/archive/press"

$ stet check "$STET_EXAMPLES/stories/clean.md"
Compares words with documents held here. It does not say that a document is genuine, complete or true.
...

$ stet check --json "$STET_EXAMPLES/stories/clean.md" | python3 -c 'import json, sys; print(sorted({json.loads(line)["severity"] for line in sys.stdin} & {"fix", "imprecise", "query"}))'
[]

$ stet check --json "$STET_EXAMPLES/stories/planted.md" >planted.jsonl
? 1

$ cat >compare.py
<< END
import json, os
folder = os.environ['STET_EXAMPLES'] + '/stories/'
said = [json.loads(line) for line in open('planted.jsonl')]
wanted = [line.rstrip('\n').split(' | ') for line in open(folder + 'planted.expected') if not line.startswith('#')]
left = [row for row in said if row.get('severity') in ('fix', 'imprecise', 'query')]
for severity, verdict, words in wanted:
    fit = [row for row in said if words in ' '.join(row['story']['text'].split())]
    if [(row['severity'], row['verdict']) for row in fit] != [(severity, verdict)]:
        print('wanted', severity, verdict, words, 'said', [(row['severity'], row['verdict']) for row in fit])
    left = [row for row in left if row not in fit]
for row in left:
    print('not planted', row['severity'], row['verdict'], row['story']['text'])
print(len(wanted), 'slips')
END

$ python3 compare.py
12 slips

$ stet check "$STET_EXAMPLES/stories/seeks.md"
...
Held: 45 files, 43 read in full, 1 readable but doubtful, 1 could not be read.
...
l.8    query     not found              stands in no document held here that was read
...
? 1

# The report says what was not looked at.

$ stet check "$STET_EXAMPLES/stories/clean.md" | grep -ci 'not checked here'
1

# A story on standard input, with its name.

$ stet check --format line --stdin-filepath planted.md - <"$STET_EXAMPLES/stories/planted.md" | sed -nE 's/^planted.md:([0-9]+):[0-9]+: (error|warning): .*/\1/p' | sort -u | wc -l
12

$ printf 'Nothing is quoted here.\n' | stet check - | head -1
Compares words with documents held here. It does not say that a document is genuine, complete or true.

$ stet check --fail-on fix "$STET_EXAMPLES/stories/seeks.md" >/dev/null

$ stet check --fail-on query "$STET_EXAMPLES/stories/seeks.md" >/dev/null
? 1

# What cannot be checked is said.

$ stet check nowhere.md
stet check: ...
? 2

$ printf '' | stet check -
stet check: ...
? 2

$ head -c 4000 /dev/urandom | stet check -
stet check: ...
? 2

$ stet check --collection nothere "$STET_EXAMPLES/stories/clean.md"
stet check: ...
? 2

$ stet check --date yesterday "$STET_EXAMPLES/stories/clean.md"
stet check: ...
? 2

# A story that was added never proves itself.

$ stet add -q --kind story "$STET_EXAMPLES/stories/seeks.md" && stet check "$STET_EXAMPLES/stories/seeks.md" | grep -c 'not found'
...
$ stet check "$STET_EXAMPLES/stories/seeks.md" >/dev/null
? 1

# Every report is made of the same answer, and one that is not known is refused by name.

$ for f in memo line jsonl json sarif html annotated checked worksheet webannotation csv bibtex; do stet check --format $f "$STET_EXAMPLES/stories/planted.md" >$f.out; echo $f $?; test -s $f.out || echo empty; done
memo 1
line 1
jsonl 1
json 1
sarif 1
html 1
annotated 1
checked 1
worksheet 1
webannotation 1
csv 1
bibtex 1

$ for f in json sarif webannotation; do python3 -m json.tool $f.out >/dev/null && echo whole; done; grep -c '<script' html.out
whole
whole
whole
0
? 1

$ stet check --format pdf "$STET_EXAMPLES/stories/planted.md"
stet check: --format takes memo, line, jsonl, json, sarif, html, annotated, checked, worksheet, webannotation, csv or bibtex, not "pdf"
...
? 2

# Every rule that a check names can be explained.

$ for s in planted clean seeks; do stet check --all --format line "$STET_EXAMPLES/stories/$s.md" | sed -n 's/.*\[\([a-z-]*\)\]$/\1/p'; done | sort -u >rules; test -s rules && while read r; do stet explain $r >/dev/null || echo $r; done <rules

$ stet explain O4
O4: words left out (altered, unmarked, fix)
  Words inside the quotation marks are not the document's, and nothing shows it...
...

$ stet explain fluff
stet explain: no rule is called "fluff"...
? 2

# A house style changes what its guide says, and no fix.

$ for s in document-strict ap mla; do stet check --style $s --format line "$STET_EXAMPLES/stories/planted.md" | grep -c ' error: '; done | sort -u | wc -l
1

$ stet check --style ap "$STET_EXAMPLES/stories/planted.md" | grep 'Style'
Style ap: our reading of the guide, not confirmed.
? 0

$ stet check --style daily "$STET_EXAMPLES/stories/planted.md"
stet check: --style takes document-strict, ap, reuters, nyt, wsj, guardian, chicago, mla or legal, not "daily"
? 2

# What was left to be filled in is noted; withheld names, questions and quoted marks are not taken for it.

$ printf 'The port moved TK containers in May, up from XXX. [TKTK] said so???\n\nThe cable names XXXXXXXXXXXX. Is it true?' >tk.txt && stet check --format line tk.txt
tk.txt:1:16: note: a placeholder was left: nothing is checked here [placeholder-unchecked]
tk.txt:1:46: note: a placeholder was left: nothing is checked here [placeholder-unchecked]
tk.txt:1:52: note: a placeholder was left: nothing is checked here [placeholder-unchecked]
