What a person decides is kept in the archive, found again, opened again when the text changes, and leaves with its document.

$ mkdir in && printf 'From: The Harbour Master\nDate: 3 May 2026\nSubject: Number HM-4\n\nThe lamps on the north mole burn all night, in plain sight of the customs house, and nobody has asked why.\n' >in/lamps.txt && stet new a.stet -q && stet add -q in

$ cat >story.txt
<< STORY
The harbour master wrote that "the lamps on the north mole burn all night in plain sight of the customs house, and nobody has asked why."
STORY

$ stet check --format line story.txt
story.txt:1:...
? 1

$ stet rule
Nothing was ruled on in this archive.

$ stet rule story.txt 1 --by "C. Ruiz"
stet rule: a ruling needs a name and a reason
? 2

$ stet rule story.txt 2 --by "C. Ruiz" --reason "no comma in our style"
stet rule: line 2 has no finding to rule on
? 2

$ stet rule story.txt 1 --as perhaps --by "C. Ruiz" --reason "x"
stet rule: --as takes stet, author or open, not "perhaps"
...
? 2

$ stet rule story.txt 1 --by "C. Ruiz" --reason "no comma in our style"
stet: 1 statement

$ stet rule | sed 's/^[0-9a-f]*  [0-9-]*  //'
stet, C. Ruiz: no comma in our style
          story.txt, quotation-punctuation-differs, ...

# It stands, is listed, and decides the exit status.

$ stet check story.txt | sed -n '/^Ruled/,/^$/p'
Ruled on:
l.1    stet, C. Ruiz, ...

$ stet check --format line story.txt; stet check --format jsonl story.txt | grep -o '"ruling":{"ruling":"stet","by":"C. Ruiz"'
"ruling":{"ruling":"stet","by":"C. Ruiz"

# It moves with its words, and is none of others.

$ (echo A line before.; echo; cat story.txt) >moved.txt && stet check --format line moved.txt; sed 's/all night/each night/' story.txt >other.txt && stet check --format line other.txt
other.txt:1:...
? 1

# It survives a new reading of the same text, and a new catalog.

$ stet reread --all -q; stet rebuild -q >/dev/null; stet check --format line story.txt

# The document's text changes: open again, and said so.

$ cp -r "$STET_EXAMPLES/archive" one && stet new one.stet -q && stet add -q -a one.stet one; stet rule -q -a one.stet "$STET_EXAMPLES/stories/planted.md" 15 --by E --reason style; stet check -a one.stet --format line "$STET_EXAMPLES/stories/planted.md" | grep -c ':15:'
0
? 1

$ grep -rl 'argue, with good reason' one | xargs sed -i 's/Ombudsman/Ombudswoman/'; stet new two.stet -q; stet add -q -a two.stet one; cp one.stet/desk.db two.stet/ && stet check -a two.stet "$STET_EXAMPLES/stories/planted.md" | grep -o 'reopened, .* changed since: stet, E'
reopened, the document's text has changed since: stet, E

# A purge takes the words along.

$ stet purge -a a.stet --yes --reason test lamps >/dev/null; grep -c 'north mole' a.stet/desk.db
0
? 1

# A ruling that is damaged is said to be damaged.

$ stet verify -q -a one.stet && python3 -c "import sqlite3; d = sqlite3.connect('one.stet/desk.db'); d.execute('UPDATE ruling SET ruling = 2'); d.commit()"; stet verify -q -a one.stet; stet check -a one.stet "$STET_EXAMPLES/stories/planted.md"
damaged  desk.db ...
stet check: desk.db is damaged: ...
? 2
