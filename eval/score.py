"""Hold what stet found against the answer key, and count."""
import collections
import json
import subprocess

STANDS = {'verbatim', 'verbatim, changes marked', 'term', 'as in archive', 'agrees', 'complete', 'resolved'}
LEVELS = ('fix', 'imprecise', 'query')


class Broken(Exception):
    pass


def check(stet, archive, path, date):
    command = [stet, 'check', '-a', archive, '--format', 'jsonl', '--date', date, str(path)]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise Broken(f'{" ".join(command)}: exit {run.returncode}: {run.stderr.strip()[:300]}')
    return [json.loads(line) for line in run.stdout.splitlines()]


def touches(finding, mark, slack=1):
    return finding['story']['start'] < mark.end + slack and mark.start - slack < finding['story']['end']


def is_fulfilled(slip, finding):
    """A finding of a kind that may carry the slip, and that says something."""
    if finding['kind'] not in slip.kinds:
        return False
    if slip.verdicts:
        return finding['verdict'] in slip.verdicts
    return finding['severity'] in LEVELS


def close(a, b):
    """Letters in common: the other half of a pair of spellings."""
    return len(set(a.lower()) & set(b.lower())) >= 0.7 * max(len(set(a.lower())), len(set(b.lower())))


def kind_of(slip):
    return slip.what.split(':')[0]


class Tally:
    def __init__(self):
        self.planted = collections.Counter()
        self.found = collections.Counter()
        self.right = collections.Counter()
        self.true = collections.Counter()      # (kind, severity) of findings that touch a slip
        self.false = collections.Counter()     # (kind, severity)
        self.statements = collections.Counter()
        self.clean = collections.Counter()
        self.wrong = []                        # what to look at: (why, severity, kind, verdict, story, said)
        self.missed = []

    def add_slipped(self, printed, findings, name):
        planted = [m for m in printed.marks if m.slip]
        for mark in planted:
            self.judge_slip(mark, findings, printed, name)
        for finding in findings:
            if finding['severity'] not in LEVELS:
                continue
            if finding['kind'] == 'statement':
                self.judge_statement(finding, printed, name)
            elif any(touches(finding, m) for m in planted) or finding['kind'] == 'spelling' and any(
                    close(m.slip.text, finding['story']['text']) for m in planted if m.kind in ('name', 'spelling')):
                self.true[finding['kind'], finding['severity']] += 1
            else:
                self.take_false(finding, printed, name)

    def judge_slip(self, mark, findings, printed, name):
        slip = mark.slip
        self.planted[slip.what] += 1
        fitting = [f for f in findings if touches(f, mark) and is_fulfilled(slip, f)]
        if fitting:
            self.found[slip.what] += 1
        if any(f['severity'] in slip.severities or 'any' in slip.severities for f in fitting):
            self.right[slip.what] += 1
        else:
            said = [f'{f["kind"]} {f["verdict"]} ({f["severity"]}): {f["message"][:150]}' for f in findings if touches(f, mark)]
            self.missed.append((slip, mark.true, sentence_at(printed, mark.start), said, bool(fitting), name))

    def add_clean(self, printed, findings, name):
        self.clean['paragraphs'] += printed.paragraphs
        for sentence in printed.sentences:
            if sentence.attributed == 'must':
                self.statements['attributed'] += 1
                self.statements['found'] += any(f['kind'] == 'statement' and f['severity'] == 'query' and touches(f, sentence, 0)
                                                for f in findings)
        for finding in findings:
            if finding['severity'] not in LEVELS:
                continue
            if finding['kind'] == 'statement':
                self.clean['read this'] += 1
                self.judge_statement(finding, printed, name)
            else:
                self.clean[finding['severity']] += 1
                self.take_false(finding, printed, name)

    def judge_statement(self, finding, printed, name):
        touched = [s for s in printed.sentences if touches(finding, s, -1)]
        if any(s.attributed for s in touched if s.attributed != 'no'):
            self.true['statement', finding['severity']] += 1
        else:
            self.take_false(finding, printed, name)

    def take_false(self, finding, printed, name):
        self.false[finding['kind'], finding['severity']] += 1
        self.wrong.append((finding['severity'], finding['kind'], finding['verdict'], finding['story']['text'], finding['message'],
                           sentence_at(printed, finding['story']['start']), finding['source'], name))


def sentence_at(printed, offset):
    data = printed.text.encode()
    for sentence in printed.sentences:
        if sentence.start <= offset < sentence.end:
            return ' '.join(data[sentence.start:sentence.end].decode('utf-8', 'replace').split())
    return ' '.join(data[max(0, offset - 60):offset + 60].decode('utf-8', 'replace').split())
