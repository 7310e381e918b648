"""The tables of an evaluation, on the terminal and in docs/ACCURACY.md."""
import collections
import datetime

KINDS = ('quotation', 'name', 'role', 'acronym', 'figure', 'list', 'date', 'description', 'statement', 'citation', 'reference',
         'spelling', 'placeholder')


def percent(part, whole):
    return f'{100 * part / whole:.1f}%' if whole else '-'


def by_slip(tally):
    yield '| Slip | planted | found | recall | severity right |'
    yield '|---|--:|--:|--:|--:|'
    for what in sorted(tally.planted):
        planted, found = tally.planted[what], tally.found[what]
        yield f'| {what} | {planted} | {found} | {percent(found, planted)} | {percent(tally.right[what], planted)} |'


def by_kind(tally):
    """Precision is of findings: those that touch a slip, of all of that kind and severity, both twins together."""
    yield '| Kind | planted | found | recall | severity right | fix: true, false, precision | query: true, false, precision |'
    yield '|---|--:|--:|--:|--:|---|---|'
    totals = collections.Counter()
    for kind in KINDS:
        mine = [w for w in tally.planted if w.split(':')[0] == kind]
        planted, found, right = (sum(c[w] for w in mine) for c in (tally.planted, tally.found, tally.right))
        if kind == 'statement':
            planted = tally.statements['attributed']
            found = right = tally.statements['found']
        cells = []
        for severity in ('fix', 'query'):
            true, false = tally.true[kind, severity], tally.false[kind, severity]
            cells.append(f'{true}, {false}, {percent(true, true + false)}')
            totals['true', severity] += true
            totals['false', severity] += false
        totals['planted'] += planted
        totals['found'] += found
        totals['right'] += right
        if planted or any(c != '0, 0, -' for c in cells):
            yield (f'| {kind} | {planted} | {found} | {percent(found, planted)} | {percent(right, planted)} | '
                   + ' | '.join(cells) + ' |')
    cells = [f'{totals["true", s]}, {totals["false", s]}, {percent(totals["true", s], totals["true", s] + totals["false", s])}'
             for s in ('fix', 'query')]
    yield (f'| all | {totals["planted"]} | {totals["found"]} | {percent(totals["found"], totals["planted"])} | '
           f'{percent(totals["right"], totals["planted"])} | ' + ' | '.join(cells) + ' |')


def clean(tally):
    paragraphs = tally.clean['paragraphs']
    yield f'Clean paragraphs: {paragraphs}. On them:'
    yield ''
    yield '| | findings | in twenty paragraphs |'
    yield '|---|--:|--:|'
    for what in ('fix', 'imprecise', 'query', 'read this'):
        count = tally.clean[what]
        label = {'query': 'query (without `read this`)', 'read this': '`read this`'}.get(what, what)
        yield f'| {label} | {count} | {20 * count / max(paragraphs, 1):.2f} |'


def doubtful(tally, most):
    order = {'fix': 0, 'imprecise': 1, 'query': 2}
    for severity, kind, verdict, text, message, sentence, source, name in sorted(tally.wrong, key=lambda w: (order[w[0]], w[1]))[:most]:
        where = f'{source["doc"]}#{source["para"]}' if source else 'no source'
        yield f'{severity} {kind} {verdict} [{name}] {text!r}: {message} ({where})\n    story: {sentence}'


def missed(tally, most):
    for slip, true, sentence, said, found, name in sorted(tally.missed, key=lambda m: m[0].what)[:most]:
        yield (f'{"severity" if found else "missed"}: {slip.what} [{name}] {true!r} -> {slip.text!r}, wanted {"/".join(sorted(slip.severities))}\n'
               f'    story: {sentence}\n    said: {said or "nothing"}')


def tables(tally):
    return '\n'.join([*by_kind(tally), '', *by_slip(tally), '', *clean(tally)])


def say(tally, options, seed):
    print(tables(tally))
    most = 10**6 if options.all else 25
    print('\n-- findings that touch no slip')
    print('\n'.join(doubtful(tally, most)))
    print('\n-- slips missed, or found with another severity')
    print('\n'.join(missed(tally, most)))
    if options.report:
        write(tally, options, seed)


def write(tally, options, seed):
    """Replace, or append, the section of this command in the report."""
    folders = [f'--documents {path.name}/' for path in options.documents or []]
    command = ' '.join(['eval/run', f'--seed {seed}', f'--count {options.count}', *folders])
    title = 'Generated stories about ' + ('real documents' if options.documents else 'the example archive')
    text = options.report.read_text() if options.report.exists() else ''
    head, _, old = text.partition(f'## {title}\n')
    rest = '\n## '.join([''] + old.split('\n## ')[1:]) if old else ''
    today = datetime.date.today().isoformat()
    section = f'## {title}\n\n{today}, seed {seed}: `{command}`\n\n{tables(tally)}\n'
    options.report.write_text(head.rstrip('\n') + '\n\n' + section + rest)
