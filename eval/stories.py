"""Whole stories: paragraphs about documents between paragraphs about nothing, printed twice: clean, and with slips."""
import collections
import datetime
import random
import re
from dataclasses import dataclass, field

import slips as make
import words
from facts import facts, is_own_voice, is_plain, sentences, spoken
from prose import SAID, Paragraph, Sentence, Writer
from slips import NOTE, Segment, Slip


@dataclass
class Mark:
    """Where a segment or sentence stands in the printed story, in bytes."""
    start: int
    end: int
    kind: str
    true: str = ''
    slip: Slip = None
    attributed: str = ''


@dataclass
class Printed:
    text: str
    marks: list                    # segments with a kind
    sentences: list                # every sentence
    paragraphs: int
    date: str


@dataclass
class Story:
    title: str
    date: datetime.date
    paragraphs: list
    language: str
    wrapped: bool

    def printed(self, plan):
        """plan: {id of segment: slip}; the others stand as they are."""
        text = f'# {self.title}\n\n'
        marks, spans = [], []
        for paragraph in self.paragraphs:
            at = len(text.encode())
            for number, sentence in enumerate(paragraph.sentences):
                text += ' ' if number else ''
                start = len(text.encode())
                for segment in sentence.segments:
                    slip = plan.get(id(segment))
                    from_byte = len(text.encode())
                    text += slip.text if slip else segment.text
                    if segment.kind:
                        marks.append(Mark(from_byte, len(text.encode()), segment.kind, segment.text, slip))
                spans.append(Mark(start, len(text.encode()), 'sentence', attributed=sentence.attributed))
            text += '\n\n'
        return Printed(wrap(text) if self.wrapped else text, marks, spans, len(self.paragraphs), self.date.isoformat())


def wrap(text):
    """Line ends in place of spaces: no byte moves."""
    lines = []
    for line in text.split('\n'):
        while len(line) > 100 and ' ' in line[60:100]:
            at = line.rindex(' ', 60, 100)
            lines.append(line[:at])
            line = line[at + 1:]
        lines.append(line)
    return '\n'.join(lines)


class Desk:
    """Writes stories about an archive, and keeps count of what was offered so that rare kinds get their turn."""

    def __init__(self, archive, rng, updates):
        self.archive, self.rng, self.updates = archive, rng, updates
        self.offered = collections.Counter()
        self.planted = collections.Counter()
        self.english = [d for d in archive.documents if d.language == 'en']
        self.spanish = [d for d in archive.documents if d.language == 'es'] + [d for d in self.english if d.kind == 'cable']

    def score(self, paragraph):
        """How much a paragraph offers that was offered seldom."""
        every = sentences(paragraph)
        if not self.archive.quotable(paragraph):
            return -1
        kinds = {f.kind for s in every if is_plain(s) and is_own_voice(s) for f in facts(s)}
        kinds |= {'spoken'} if any(True for _ in spoken(paragraph)) or any(SAID.match(s) for s in every) else set()
        return sum(1 / (1 + self.offered[k]) for k in kinds)

    def pick(self, documents):
        best = None
        for _ in range(24):
            document = self.rng.choice(documents)
            paragraph = self.rng.choice(document.paragraphs)
            rank = self.score(paragraph) + self.rng.random() / 50
            if best is None or rank > best[0]:
                best = (rank, document, paragraph)
        return best[1], best[2]

    def said_by(self, document, every):
        for sentence in every:
            match = SAID.match(sentence)
            if match and is_plain(sentence) and match[1] in self.archive.people and self.archive.once.get(sentence) == 1:
                yield match[2][0].upper() + match[2][1:], match[1]

    def about(self, document, paragraph, writer):
        """A paragraph that quotes a document and then reports from the same place."""
        every, rng = sentences(paragraph), self.rng
        said = list(spoken(paragraph)) + list(self.said_by(document, every))
        quoted = None
        if said and writer.language == 'en' and rng.random() < 0.6:
            words_said, person = rng.choice(said)
            lead = writer.spoken_lead(document, words_said, person)
            quoted = next((s for s in every if words_said[1:] in s), None)
            self.offered['spoken'] += 1
        else:
            # what holds no fact is quoted first, so that the facts are left to report
            choices = sorted(self.archive.quotable(paragraph), key=lambda s: (len(facts(s)), rng.random()))
            if not choices:
                return None
            quoted = choices[0]
            lead = writer.lead(document, quoted, paragraph)
        result = [lead]
        noun = writer.noun(document)
        reports = [s for s in every if s != quoted and is_plain(s) and is_own_voice(s) and facts(s)]
        if writer.language == document.language:
            for sentence in reports[:2]:
                result.append(writer.report(sentence, noun))
                self.offered.update({f.kind for f in facts(sentence)})
        for extra in (writer.named, writer.body):
            sentence = extra(document, True) if rng.random() < 0.4 else None
            result += [sentence] if sentence else []
        sentence = writer.calendar(document) if rng.random() < 0.4 else None
        result += [sentence] if sentence else []
        return Paragraph(result, document.name)

    def apart(self, document, writer, used, documents):
        """Names and bodies without a quotation beside them, of a document that shares no person with those quoted."""
        quoted = ' '.join(d.text() for d in documents if any(p in used for p in d.paragraphs))
        named = writer.named(document, False)
        if named and any(part in quoted for s in named.segments if s.kind == 'name' for part in s.text.split()):
            named = None
        result = [s for s in (named, writer.body(document, False)) if s]
        return Paragraph(self.filler(writer.language, 1) + result) if result else None

    def filler(self, language, most=3):
        every = words.FILLER[language]
        return [Sentence([Segment(text)]) for text in self.rng.sample(every, self.rng.randint(1, most))]

    def coined(self):
        phrase, true, wrong = self.rng.choice(words.COINED)
        first = self.rng.choice(words.COINED_FIRST).format(phrase=phrase)
        before, after = self.rng.choice(words.COINED_AGAIN).format(phrase=phrase).split(true)
        slip = Slip(wrong, {'spelling', 'name'}, make.QUERY, 'spelling: two forms')
        return Sentence([Segment(first)]), Sentence([Segment(before), Segment(true, 'spelling', [slip]), Segment(after)])

    def cited(self, date):
        (paper, short), rng = self.rng.choice(words.PAPERS), self.rng
        days = [make.ap_date(date - datetime.timedelta(days=n), False) for n in (9, 4)]
        stranger = Slip(f'{rng.choice(words.STRANGERS)}', {'citation', 'reference'}, NOTE, 'citation: abbreviation not introduced',
                        {'abbreviation not introduced'})
        first = Sentence([Segment(f'({paper}, {days[0]})')])
        again = Sentence([Segment('('), Segment(short, 'citation', [stranger]), Segment(f', {days[1]})')])
        return first, again

    def pointed(self, document):
        if self.rng.random() < 0.5 and self.updates:
            slip = Slip(f'#{self.rng.randint(3000, 9000)}', {'reference', 'citation'}, {'any'}, 'reference: no such story',
                        {'not in archive'})
            return Sentence([Segment('[See Update '), Segment(f'#{self.rng.choice(self.updates)}', 'reference', [slip]), Segment('.]')])
        if not re.fullmatch(r'\d\d[A-Z]{4,}\d+|C0\d{7}', document.name):
            return None
        wrong = document.name[:-1] + '9' + document.name[-1] + '7'
        slip = Slip(wrong, {'citation', 'reference'}, {'any'}, 'citation: no such document', {'not in archive'})
        return Sentence([Segment('('), Segment(document.name, 'citation', [slip]), Segment(')')])

    def open_end(self):
        slip = Slip('TK', {'placeholder'}, NOTE, 'placeholder: left open', {'unchecked'})
        return Sentence([Segment('The repairs took '), Segment('nine', 'placeholder', [slip]), Segment(' weeks.')])

    def story(self):
        rng = self.rng
        language = 'es' if rng.random() < 0.2 and self.spanish else 'en'
        writer = Writer(self.archive, rng, language)
        documents = self.spanish if language == 'es' else self.english
        paragraphs, used = [], []
        for _ in range(rng.randint(3, 5)):
            document, paragraph = self.pick(documents)
            if paragraph in used:
                continue
            used.append(paragraph)
            made = self.about(document, paragraph, writer)
            paragraphs += [made] if made else []
            pointed = self.pointed(document) if made and rng.random() < 0.35 else None
            if pointed:
                made.sentences.append(pointed)
        if rng.random() < 0.6:
            apart = self.apart(self.rng.choice(documents), writer, used, documents)
            paragraphs += [apart] if apart else []
        date = story_date(documents, used)
        paragraphs = self.frame(paragraphs, language, date)
        return Story(rng.choice(['What the papers say', 'A quiet correspondence', 'Notes from the reading room',
                                 'The file and the street']), date, paragraphs, language, rng.random() < 0.5)

    def frame(self, paragraphs, language, date):
        """Paragraphs of the story's own between them; coined phrases, citations and an open place in those."""
        rng = self.rng
        fillers = [Paragraph(self.filler(language)) for _ in range(2)]
        if language == 'en':
            first, again = self.coined()
            fillers[0].sentences.insert(0, first)
            fillers[1].sentences.append(again)
            if rng.random() < 0.5:
                first, again = self.cited(date)
                fillers[0].sentences.append(first)
                fillers[1].sentences.append(again)
            if rng.random() < 0.3:
                fillers[1].sentences.insert(0, self.open_end())
        place = rng.randint(0, len(paragraphs))
        return [fillers[0]] + paragraphs[:place] + [fillers[1]] + paragraphs[place:]

    def plan(self, story):
        """At most one slip in a paragraph, two where they stand in different sentences and no quotation is spoilt."""
        plan = {}
        for paragraph in story.paragraphs:
            slots = [(s, sentence) for sentence in paragraph.sentences for s in sentence.slots()]
            if not slots or self.rng.random() < 0.1:
                continue
            first, sentence = self.choose(slots)
            self.plant(plan, first)
            rest = [(s, other) for s, other in slots if other is not sentence and s.kind not in ('quotation', 'description')]
            if first.kind != 'quotation' and rest and self.rng.random() < 0.3:
                self.plant(plan, self.choose(rest)[0])
        return plan

    def choose(self, slots):
        weights = [1 / (1 + min(self.planted[slip.what] for slip in s.slips)) for s, _ in slots]
        return self.rng.choices(slots, weights)[0]

    def plant(self, plan, segment):
        slip = min(segment.slips, key=lambda s: (self.planted[s.what], self.rng.random()))
        self.planted[slip.what] += 1
        plan[id(segment)] = slip


def story_date(documents, used):
    """Half a year after the newest document that is used, as far as its date or its number tells."""
    years = [2000]
    for document in documents:
        if any(p in used for p in document.paragraphs):
            number = re.match(r'(\d\d)[A-Z]{4,}', document.name)
            if number:
                years.append(int(number[1]) + (1900 if int(number[1]) > 60 else 2000))
            if 'date' in document.fields:
                years.append(document.fields['date'].year)
            else:
                years += [int(y) for y in re.findall(r'\b(20[012]\d)\b', document.text())]
    return datetime.date(max(years) + 1, 4, 19)
