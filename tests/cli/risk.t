Whom a traced document asks to protect is asked about first, and named in no report.

$ mkdir d
? 0

$ cat >d/26PORTLEONE900.txt
<< CABLE
UNCLAS SECTION 01 OF 01 PORT LEONE 000900

SIPDIS

E.O. 12958: N/A
TAGS: PGOV, ZZ
SUBJECT: A TALK AT THE CUSTOMS HOUSE

1. (C) Harbor clerk Anselmo Quiñones Vega (strictly protect) told Poloff that the scanners had never been switched on, and that
the keys were kept by the colonel's driver.  Quiñones said he feared for his job.

2. (C) Deputy Minister Rosa Tamayo (protect) agreed that the scanners had never been switched on by anybody.
CABLE

$ cat >story.txt
<< STORY
The clerk, Anselmo Quinones, told diplomats that "the scanners had never been switched on, and that the keys were kept by the colonel's driver," according to a cable. The embassy wrote that Quiñones "said he feared for his job."

Deputy Minister Rosa Peralta was not available.
STORY

$ stet new r.stet -q && stet add -q d && stet check story.txt | grep -A1 '^l\.'
l.1    query     person at risk         the document asks to protect this person (strictly protect):...
...
? 0

$ stet check story.txt | grep -c 'person at risk'
1

$ for f in memo line jsonl json sarif html annotated checked worksheet webannotation csv bibtex; do stet check --all --format $f story.txt | grep -ciE 'qui(ñ|n)ones|anselmo|vega|tamayo'; done | sort | uniq -c | sed 's/^ *//'
12 0

$ stet check --with-source story.txt | grep -c 'Anselmo Qui'
2

# A story that names nobody of them is left alone.

$ printf 'Officials said "the scanners had never been switched on by anybody," a cable says. Rosa Peralta was not there.\n' >other.txt && stet check other.txt | grep -c 'person at risk'
0
? 1
