Names, offices, acronyms and spellings of a story against the example archive.

$ stet new t.stet -q && for f in cables mail scans; do stet add -q "$STET_EXAMPLES/archive/$f"; done; stet add -q --record public "$STET_EXAMPLES/archive/press"

$ cat >said.py
<< END
import json, sys
for line in sys.stdin:
    row = json.loads(line)
    if row['kind'] in ('name', 'role', 'acronym', 'spelling') and row['severity']:
        print(row['kind'], '|', row['verdict'], '|', row['severity'], '|', ' '.join(row['story']['text'].split()), '|', row['message'])
END

# One slip of each kind; everything else is right.

$ cat >slips.md
<< END
In a secret cable of February 13 the embassy quoted President Aurelio Bastidas Montiel: "I sent the only men who would go."

Minister Tobias Urrehce, the governor of Veracampo, told the ambassador that "customs revenue had fallen from 96 million dollars in November to 41 million in February." The Customs Service (DNIAD) has the Joint Security Committee behind it. The Joint Security Committe met in May. The Committee has nine members.
END

$ stet check --json slips.md | python3 said.py
role | differs | query | Tobias Urrehce, the governor of Veracampo | the story has Tobias Urrehce as "the governor of Veracampo", the document "Finance Minister Tobias Urreche"
name | differs | fix | Tobias Urrehce | "Tobias Urrehce" stands in the document as "Tobias Urreche": c and h changed places
acronym | differs | fix | DNIAD | the archive has "Customs Service" as DINAD: DINAD in 5 documents, DNIAD in none
spelling | two forms | query | Committe | "Committe" here, "Committee" in line 3: e is left out

# Accents restored, fuller and shorter forms, translated bodies, peoples, and words that open sentences are no findings.

$ cat >clean.md
<< END
# Los Puertos de Port Leone Wait for the Army

President Aurélio Bastidas told the ambassador: "I sent the only men who would go." Bastidas Montiel is a Costamoran. Rain fell on Port Leone. Mr. Bastidas did not mind the rain.

Finance Minister Tobías Urreche Salvatierra said that "customs revenue had fallen from 96 million dollars in November to 41 million in February." Minister Urreche, the secretary of finance, has left; the Procuraduría General (PGC) has not. "We will leave when we are asked," said Gen. Fermín Aguasanta, whose Army (FUTER) is still there. Americans and Costamorans wait. The Port Workers' Benevolent Union, or PWBU, waits too, and so does FUTER.
END

$ stet check --json clean.md | python3 said.py

# An archive with nothing in it says nothing of names.

$ stet new empty.stet -q && stet check -a empty.stet --json slips.md | python3 said.py
spelling | two forms | query | Committe | "Committe" here, "Committee" in line 3: e is left out

# An acronym is found however often its words stand elsewhere without it.

$ mkdir many && for i in $(seq 10 59); do printf 'Letter %s. The Harbor Police Directorate asked twice. The Harbor Police Directorate was told. Code HDP stands here.\n' $i >many/a$i.txt; done && printf 'The Harbor Police Directorate (HPD) keeps the keys of the northern quay and counts them every evening.\n' >many/z.txt && stet new m.stet -q && stet add -q -a m.stet many && printf 'The Harbor Police Directorate (HDP) "keeps the keys of the northern quay and counts them every evening," a memo says.\n' >hdp.txt && stet check -a m.stet --format line hdp.txt
hdp.txt:1:32: error: the archive has "Harbor Police Directorate" as HPD: HPD in 1 document, HDP in 50 documents, not as that ...
? 1
