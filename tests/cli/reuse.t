What documents of one scope share with documents of another.

$ stet new t.stet -q && { stet add -q "$STET_EXAMPLES/archive/cables"; stet add -q "$STET_EXAMPLES/archive/mail"; stet add -q --record public "$STET_EXAMPLES/archive/press"; }

$ stet reuse --from private --to public
passage  15 words, ...
    its officers learned customs law from a two-page card handed out at the gate
  26PORTLEONE12#p4  ~2026-01-29  (date from the declassification date)
  6r2mlqwqok7m#n3  15 words, no difference
passage  11 words, ...
    ...
...
2 shared passages. Not among them: ...
Compared: ...
...

# Sides may be turned round, and names of collections serve as well.

$ stet reuse --from press --to cables --to mail -q | grep -c ^passage
2

$ stet reuse --json --from private --to public | python3 -c 'import json, sys; [print(row["schema"], row["class"], row["words"], [(place["doc"], place["from"], place["to"], place["differences"]) for place in row["places"]]) for row in map(json.loads, list(sys.stdin)[:1])]'
stet.reuse/1 passage 15 [('26PORTLEONE12', True, False, 0), ('6r2mlqwqok7m', False, True, 0)]

# The same answer whatever memory, twice over; nothing is left behind.

$ stet reuse >whole.txt && stet reuse --memory 1 >small.txt && cmp whole.txt small.txt && ls t.stet | grep -c reuse
0
? 1

$ stet reuse --from private --to public --min-words 15 -q | grep -c ^passage
1

$ stet reuse --from private --to public --min-bits 60 -q | grep -c ^passage
3

$ stet reuse --from private --to public -n 1 -q | grep -c ^passage
1

$ stet reuse --from mail --to press -q
? 1

$ stet verify | tail -1
Whole...

# What cannot be asked.

$ stet reuse --from nothere
stet reuse: there is no collection "nothere"
? 2

$ stet reuse --min-words 7
stet reuse: shorter passages than 8 words are not found reliably
? 2

$ stet reuse --format tsv
stet reuse: --format takes text or jsonl, not "tsv"
? 2

$ stet reuse --band many
stet reuse: --band takes a number, not "many"
? 2

# A purge leaves nothing of a comparison that was ended.

$ mkdir t.stet/reuse && echo x >t.stet/reuse/words && stet purge -q --yes --reason "asked for" 26PORTLEONE152 >/dev/null && ls t.stet/reuse | wc -l
0

$ stet verify --read-data | tail -1
Whole...
