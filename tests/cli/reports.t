Reports as files: the ending chooses the form, the embargo stands on each, the story is never its own witness.

$ stet new t.stet -q && for f in cables mail scans; do stet add -q "$STET_EXAMPLES/archive/$f"; done; cp "$STET_EXAMPLES/stories/planted.md" story.md

$ for f in a.docx a.html a.md a.json a.jsonl a.sarif a.csv a.bib; do stet check --embargo 2031-05-09 -o $f story.md; echo $f $? $(head -c 2 $f | tr '\n' ' '); done
a.docx 1 PK
a.html 1 <!
a.md 1 #
a.json 1 {"
a.jsonl 1 {"
a.sarif 1 {"
a.csv 1 "l
a.bib 1 @c

$ grep -c 'mbargo.*2031-05-09' a.html a.md a.json a.sarif a.csv a.bib | sed 's/:[1-9].*/:yes/'
a.html:yes
a.md:yes
a.json:yes
a.sarif:yes
a.csv:yes
a.bib:yes

$ stet check --format checked --output c.docx story.md; stet check --format worksheet --output w.docx story.md; stet check --format checked --output c.html story.md
? 1

$ python3 -
<< END
import zipfile
for name in ('a.docx', 'c.docx', 'w.docx'):
    made = zipfile.ZipFile(name)
    text = made.read('word/document.xml').decode()
    print(name, made.testzip(), text.count('footnoteReference') > 0, '<w:tbl>' in text,
          '2031-05-09' in made.read('word/header1.xml').decode())
END
a.docx None True False True
c.docx None True False False
w.docx None False True False

$ grep -c '<h2>' c.html
1

$ stet check --format line --output c.docx story.md
stet check: --format line has no Word document; annotated, checked and worksheet have
? 2

$ stet check --embargo tomorrow story.md
stet check: --embargo takes YYYY-MM-DD, not "tomorrow"
? 2

$ stet check -o nowhere/a.html story.md
stet check: cannot write nowhere/a.html: No such file or directory
? 2

# A Word draft is read again, the statements of the story among those of its notes.

$ stet check --json a.docx | python3 -c 'import json, sys; print(any("customs law" in json.loads(line)["story"]["text"] for line in sys.stdin))'
True

# The Markdown draft keeps the story's own markup.

$ head -1 a.md
\# The port that waited for its soldiers to leave

# A diff that patch applies; what it restores is no finding any more.

$ stet check -o fix.patch story.md; cp story.md fixed.md; patch -s fixed.md <fix.patch; stet check --format line fixed.md | grep -c 'altered-unmarked'
0
? 1

# Checked against a report of yesterday: only the sentence that was changed since.

$ sed 's/grown tired/grown weary/' story.md >changed.md; stet check --baseline a.jsonl --format line changed.md
changed.md:12:95: error: "grown tired of the arrangement" is printed "grown weary of the arrangement." ...
? 1

# Its own copy, and one a little edited, prove nothing.

$ mkdir d && sed 's/ hope/ little hope/' story.md >d/copy.md && stet add -q d && stet check story.md | grep -c 'Left out: 1 document'
1
