Files that lie, hang, flood or crash their reader, disks that are full, programs that meet: told in words, and nothing lost.

$ stet new t.stet -q && mkdir in others && for i in 1 2 3; do printf 'Good day %d.\n\n%s\n' $i "$(yes 'Nobody was hurt, and the keeper of the lamps wrote it down.' | head -9)" >in/good$i.txt; done

# What is no text, or no file.

$ cp -r in odd && cd odd && : >empty.txt && head -c 9000 /dev/zero >nul.txt && yes "$(printf 'No\001\002\003\004text')" | head -c 9000 >junk.txt && printf 'A caf\351 in Sulaco, \377\376 and \355\240\200. %s\n' "$(cat good1.txt)" >latin.txt && printf 'Port Amaro.\n' >"$(printf 'no\377utf\033[31m8')" && ln -s loop loop && ln -s /dev/null null && mkfifo pipe && python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("knock")'

$ stet add odd
Collection "odd": ...
         5  read in full ...
         1  could not be read ...
         1  of a type not read yet ...
         4  not opened ...
         1  without text ...
        12  files in all ...
stet ledger --problems names each file that was not read in full, and why.
? 1

$ stet ledger --problems -c odd | sed 's/  */ /g; s/[0-9.]* \(kB\|bytes\) /- /'
could not be read - odd/junk.txt [text] no text: ...
not opened - odd/knock [special file] not a file: a device, pipe or socket
not opened - odd/loop [link] a link: links are not followed
of a type not read yet - odd/nul.txt ...
not opened - odd/null [link] a link: links are not followed
not opened - odd/pipe [special file] not a file: a device, pipe or socket

Held: ...

$ stet ledger -c odd | grep -c 'read in full .* odd/no.xFFutf.x1B.31m8'
1

$ stet ledger --format tsv | awk -F'\t' 'NR > 1 { sum += $5 } END { print sum }' >told; find odd -type f -printf '%s\n' -o -type l -printf '%s\n' -o -type p -printf '%s\n' -o -type s -printf '%s\n' | awk '{ sum += $1 } END { print sum }' | cmp - told && echo all
all

# A file without an end that says it is empty.

$ timeout 20 stet add -c endless /proc/self/pagemap
Collection "endless": 0 new documents, ...
         1  not opened ...
...
? 1

$ stet ledger -c endless
not opened                 0 bytes  pagemap  changed while it was read...
...

# Who may not open a file still accounts for it; root is held to the same.

$ mkdir shut shut/closed && cp in/good1.txt in/good2.txt shut && cp in/good3.txt shut/closed && chmod 0 shut/good2.txt shut/closed; may=; [ "$(id -u)" != 0 ] || may='setpriv --bounding-set=-dac_override,-dac_read_search'; echo "$may" >may; $may stet add shut
Collection "shut": ...
         2  not opened ...
         1  a copy of another file ...
         3  files in all ...
...
? 1

$ stet ledger --problems -c shut | grep -c 'cannot be opened: Permission denied'; chmod 700 shut/closed
2

# Folders too deep to name, and a path too long to.

$ mkdir far && python3 -c 'import os, shutil; os.chdir("far"); [(os.mkdir("d" * 120), os.chdir("d" * 120), open("note%d.txt" % i, "w").write("Lamp %d." % i)) for i in range(40)]' && stet add far | tail -1; rm -rf far
        40  files in all ...

$ stet add "/$(printf 'x%.0s' $(seq 4095))" 2>&1 | grep -c 'name too long'
1

# A reader that does what it must not costs its own row.

$ worker=$(dirname "$(readlink -f "$(command -v stet)")")/../../tests/worker/stet-hostile-worker; [ -x "$worker" ] || { echo SKIP no hostile worker; exit; }; mkdir bin && cp "$(command -v stet)" bin/stet && cp "$worker" bin/stet-worker && mkdir foul && for letter in o s x f k m p r n b e c u g h t q v w; do echo "$letter, and no more" >foul/bad-$letter; echo "Good day to $letter." >foul/good-$letter; echo "Late day to $letter." >foul/late-$letter; done

$ [ -e bin ] || { echo SKIP; exit; }; bin/stet new others/foul.stet -q && bin/stet add -a others/foul.stet foul
Collection "foul": ...
        38  read in full ...
         1  read in part ...
        18  could not be read ...
        57  files in all ...
...
? 1

$ [ -e bin ] || { echo SKIP; exit; }; stet ledger -a others/foul.stet --format tsv | awk -F'\t' '$3 != "read in full" && $9 == ""' | wc -l
0

$ [ -e bin ] || { echo SKIP; exit; }; stet search --format tsv -a others/foul.stet -n 99 '"late day"' | wc -l; stet verify -q --read-data -a others/foul.stet
19

# No worker program, or another one.

$ mkdir -p lone && cp "$(command -v stet)" lone/stet && lone/stet add in
stet add: the program stet-worker is neither beside stet nor at ...
? 2

$ for program in true cat; do cp "$(which $program)" lone/stet-worker; lone/stet add in; done; : >lone/stet-worker; lone/stet add in; lone/stet check in/good1.txt
stet add: the worker program ended at once
stet add: the worker program ended at once
stet add: $DIR/lone/stet-worker cannot be started: Exec format error
stet check: $DIR/lone/stet-worker cannot be started: Exec format error
? 2

# A disk with no more room: one message, and the same command goes on when there is some.

$ mkdir much && for i in $(seq 30); do mkdir -p much/$((i / 5)); awk -v i=$i 'BEGIN { srand(i); for (k = 0; k < 4000; k++) printf "%x harbor %x\n", rand() * 1e9, rand() * 1e9 }' >much/$((i / 5))/$i.txt; done; stet new others/whole.stet -q && stet add -q -a others/whole.stet much && stet stats -q --digest -a others/whole.stet >whole

$ stet new others/full.stet -q; for blocks in 300 1100 1500 2000; do (trap '' XFSZ; ulimit -f $blocks; stet add -a others/full.stet much); stet verify -q --read-data -a others/full.stet || echo damaged; done 2>&1 | cut -d ' ' -f 1-4 | sort | uniq -c
      4 stet add: cannot write

$ stet add -q -a others/full.stet much && stet stats -q --digest -a others/full.stet | cmp - whole && echo same
same

# Stopped: what was said is safe, and the same command goes on.

$ stet new others/stopped.stet -q; for wait in 0.05 0.2 0.4; do timeout --preserve-status -s INT $wait stet add -q -a others/stopped.stet much; echo $?; done | grep -vxE '0|130'; stet add -q -a others/stopped.stet much && stet stats -q --digest -a others/stopped.stet | cmp - whole && echo same
same

# Two programs on one archive.

$ flock t.stet/writer.lock sleep 5 & sleep 0.3; stet add in; stet search lamps | tail -1; kill $!
stet add: ...
...

# What may not be written can be read.

$ chmod -R a-w t.stet; may=$(cat may); $may stet add in; $may stet search -q lamps >out && $may stet stats -q >out && $may stet check -q in/good1.txt >out && echo read; chmod -R u+w t.stet
stet add: ...
read

# A stream that is closed or full.

$ stet search lamps >/dev/full
stet: standard output: No space left on device
? 2

$ cp -r in more; for streams in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do echo "$streams" >>more/good1.txt; eval "stet add more $streams" >out; eval "stet search lamps $streams" >out; done; stet verify -q --read-data && stet ledger -c more --format tsv | wc -l
stet: standard output: Bad file descriptor
stet: standard output: Bad file descriptor
4

# Stories.

$ : >s.txt; stet check s.txt; head -c 5000 /dev/zero >s.txt; stet check s.txt; yes "$(printf '\001\002\003 lamps')" | head -c 9000 >s.txt; stet check s.txt; stet check nowhere.txt; stet check in
stet check: the story is empty
stet check: the story holds NUL bytes: it is not text
stet check: the story could not be read: no text: ...
stet check: cannot open nowhere.txt: No such file or directory
stet check: ...
? 2

$ { printf 'The board said "'; yes 'of the keeper ' | head -20000 | tr -d '\n'; } >s.txt; timeout 60 stet check s.txt >out; [ $? -le 1 ] && echo answered
answered

$ { printf 'The board said "'; yes 'the' | head -5000 | tr '\n' ' '; echo '" of it.'; } >s.txt; timeout 60 stet check s.txt >out; [ $? -le 1 ] && echo answered
answered

# Nothing calls out.

$ command -v strace >out || { echo SKIP no strace; exit; }; export ASAN_OPTIONS=detect_leaks=0; for words in 'add -c net in' 'search lamps' 'check in/good1.txt'; do strace -f -qq -o trace -e trace=%network stet $words >out; grep -E ' (socket|connect|bind|listen|accept4?)\(|AF_INET|sin_' trace; done
? 1
