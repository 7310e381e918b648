Bytes of documents and names that could steer a terminal never reach it.

$ stet new t.stet -q && mkdir in && printf 'A harbor of\033[31m red\033[0m lamps \007 and \302\233 two \342\200\256 turns.\n%s\n' "$(yes 'Nobody was hurt, and the keeper wrote it down.' | head -20)" >"in/$(printf 'ha\033[31mr\nbor.txt')"

$ stet add -q in

$ stet ledger | grep -c 'ha\\x1B\[31mr\\x0Abor.txt'
1

$ stet ledger | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037]')"
0
? 1

$ stet search harbor >out; LC_ALL=C tr -d '\n\t -~' <out | LC_ALL=C grep -c "$(printf '[\001-\037\177]')"
0
? 1

$ stet search --format tsv harbor | LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')"
0
? 1

$ stet show --all "$(stet search --json harbor | python3 -c 'import json, sys; print(json.loads(sys.stdin.readline())["doc"])')" >shown; LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')" shown
0
? 1

$ grep -c 'lamps' shown
1

# The same for a story.

$ printf 'He said "a harbor of\033[31m red lamps and two more \007 that nobody lit for a year," the cable noted.\n%s\n' "$(yes 'Nobody was hurt, and the keeper wrote it down.' | head -20)" >story.txt; stet check story.txt >memo; LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')" memo
0
? 1

$ stet check --format line story.txt >memo; LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')" memo
0
? 1

# Nor do marks that turn the direction of writing, or the second set of controls.

$ cat memo shown out | LC_ALL=C grep -cE "$(printf '\302\233|\342\200\256')"
0
? 1
