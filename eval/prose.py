"""Newspaper prose about documents: every statement true, with the slips that could be made in its place."""
import datetime
import re
from dataclasses import dataclass, field

import slips as make
import words
from facts import facts, is_own_voice, is_plain, persons, sentences, spoken
from slips import FIX, QUERY, NOTE, Segment, Slip

SENSE = re.compile(r"\b(?:not|no|never|none|if|unless|only|but|except|alleged\w*|reported\w*|claim\w*|may|might|could|would|some|all"
                   r"|said|told|according|than|without|should|until|although|however|despite|denied|refus\w*|fail\w*)\b|n['’]t\b", re.I)
SAID = re.compile(r'^(?:[A-Z][\w-]+ ){0,4}?([A-Z][a-z-]{4,}) (?:said|noted|stressed|claimed|admitted|argued|added) that '
                  r'((?:the|a|his|there|most|many|some|any|in|this) .{45,170})\.$')


@dataclass
class Sentence:
    segments: list
    attributed: str = 'no'         # 'must': DESIGN.md 4 asks for "read this"; 'may': it could be read so
    is_quotation: bool = False

    def slots(self):
        return [s for s in self.segments if s.slips]


@dataclass
class Paragraph:
    sentences: list
    note: str = ''                 # the documents it is about


@dataclass
class Archive:
    """What the generator knows of the documents together."""
    documents: list
    held: set = field(default_factory=set)       # every word, in small letters: a slip must not become one of them
    once: dict = field(default_factory=dict)     # sentence -> how many documents have it
    people: list = field(default_factory=list)   # surnames of persons with titles

    @classmethod
    def of(cls, documents):
        archive = cls(documents)
        for document in documents:
            archive.held.update(re.findall(r'\w+', document.text().lower()))
            archive.held.update(re.findall(r'\w+', ' '.join(map(str, document.fields.values())).lower()))
            for sentence in {s for p in document.paragraphs for s in sentences(p)}:
                archive.once[sentence] = archive.once.get(sentence, 0) + 1
            archive.people += [f.parts[1].split()[-1] for f in persons(document.text())]
        return archive

    def quotable(self, paragraph, least=9):
        return [s for s in sentences(paragraph) if is_plain(s, least, 30) and self.once.get(s, 0) == 1]


NOUN = {'en': {'cable': ['cable', 'telegram', 'dispatch'], 'email': ['e-mail', 'message'], 'text': ['document', 'text']},
        'es': {'cable': ['cable', 'telegrama'], 'email': ['correo', 'mensaje'], 'text': ['documento', 'texto']}}


class Writer:
    def __init__(self, archive, rng, language):
        self.archive, self.rng, self.language = archive, rng, language

    def noun(self, document):
        return self.rng.choice(NOUN[self.language][document.kind])

    # descriptions -------------------------------------------------------------------------------------------------

    def class_segment(self, document):
        true = document.fields['class']
        forms = {c: words.CLASS[c] if self.language == 'es' else c for c in words.CLASS}
        slips = [Slip(text, {'description'}, FIX, 'description: another classification')
                 for c, text in forms.items() if c != true]
        return Segment(forms[true], 'description', slips)

    def date_segment(self, document):
        day, form = document.fields['date'], make.fecha if self.language == 'es' else make.ap_date
        if self.language == 'en' and self.rng.random() < 0.3:
            form = lambda d: f'{d:%B} {d.day}, {d.year}'
        wrong = Slip(form(make.moved(day, self.rng)), {'description', 'date'}, FIX, 'description: another date')
        return Segment(form(day), 'description', [wrong])

    def origin_segment(self, document):
        origin = document.fields['origin']
        cities = {d.fields['origin'] for d in self.archive.documents if 'origin' in d.fields}
        others = sorted(c for c in cities if c != origin and not c.startswith(('State', 'Us')))
        slips = [Slip(self.rng.choice(others), {'description', 'name'}, FIX, 'description: another origin')] if others else []
        return Segment(origin, 'description', slips)

    def described(self, document):
        """Segments of "secret cable of Feb. 13, 2026 from Port Leone", without article, and the article it needs."""
        fields, rng = document.fields, self.rng
        noun = self.noun(document)
        spanish = self.language == 'es'
        parts = []
        if 'class' in fields and document.kind == 'cable' and rng.random() < 0.8 and not spanish:
            parts += [self.class_segment(document), Segment(' ')]
        parts.append(Segment(noun))
        if 'class' in fields and document.kind == 'cable' and spanish:
            parts += [Segment(' '), self.class_segment(document)]
        if 'date' in fields:
            parts += [Segment(rng.choice([' del ', ' fechado el ']) if spanish else rng.choice([' dated ', ' of '])),
                      self.date_segment(document)]
        if 'origin' in fields and rng.random() < 0.6:
            parts += [Segment(' enviado desde ' if spanish else rng.choice([' from ', ' sent from '])),
                      self.origin_segment(document)]
        return parts

    def article(self, parts, capital):
        """Puts the article into the first part, for a slip may need another one."""
        first = parts[0]

        def led(text):
            article = 'un' if self.language == 'es' else 'an' if text[0] in 'aeiou' else 'a'
            return f'{article.capitalize() if capital else article} {text}'

        slips = [Slip(led(s.text), s.kinds, s.severities, s.what) for s in first.slips]
        return [Segment(led(first.text), first.kind, slips)] + parts[1:]

    # quotations ---------------------------------------------------------------------------------------------------

    def join_slips(self, sentence, paragraph):
        every = self.archive.quotable(paragraph, 6)
        at = sentences(paragraph).index(sentence)
        later = [s for s in every if sentences(paragraph).index(s) > at + 1]
        return [Slip(f'{sentence[:-1]}. {self.rng.choice(later)[:-1]}', {'quotation'}, FIX,
                     'quotation: two places joined')] if later else []

    def invented_slip(self):
        text = self.rng.choice(words.INVENTED[self.language])
        return Slip(text[0].upper() + text[1:], {'quotation'}, QUERY, 'quotation: words that stand nowhere')

    def quotation(self, sentence, paragraph):
        """The words of a sentence without its full stop, printed as they are or with marked changes; and their slips."""
        text, rng = sentence[:-1], self.rng
        way = rng.random()
        parts = text.split()
        if way < 0.2 and len(parts) >= 14:
            at = rng.randrange(4, len(parts) - 7)
            cut = ' '.join(parts[at:at + 3])
            if not SENSE.search(cut) and ',' not in ' '.join(parts[at - 1:at + 4]):
                return Segment(' '.join(parts[:at]) + rng.choice([' … ', ' ... ', ' [...] ']) + ' '.join(parts[at + 3:]), 'quotation')
        if way < 0.35 and parts[0] in ('The', 'A', 'In', 'His', 'Its', 'He', 'They', 'It'):
            edged = f'[{text[0].lower()}]{text[1:]}'
            return Segment(edged, 'quotation', make.quotation_slips(edged, rng))
        slips = make.quotation_slips(text, rng) + self.join_slips(sentence, paragraph) + [self.invented_slip()]
        return Segment(text, 'quotation', slips)

    def lead(self, document, sentence, paragraph):
        quotation, parts = self.quotation(sentence, paragraph), self.described(document)
        opening, closing = ('«', '»') if self.language == 'es' else ('“', '”')
        way = self.rng.randrange(3)
        if document.kind == 'email' and 'sender' in document.fields and self.language == 'en':
            return self.mail_lead(document, quotation)
        if self.language == 'es':
            tail = closing + '.'
            before = self.article(parts, True) + [Segment(self.rng.choice([' dice: ', ' afirma: ', ' lo resume así: ']))]
            if way == 0:
                return Sentence([Segment(opening), quotation, Segment(closing + ', según '), *self.article(parts, False), Segment('.')], is_quotation=True)
            return Sentence(before + [Segment(opening), quotation, Segment(tail)], is_quotation=True)
        if way == 0:
            verb = self.rng.choice([' said: ', ' put it this way: ', ' reported: '])
            return Sentence(self.article(parts, True) + [Segment(verb + opening), quotation, Segment('.' + closing)],
                            is_quotation=True)
        if way == 1:
            return Sentence([Segment(opening), quotation, Segment(',' + closing + ' according to '), *self.article(parts, False),
                             Segment('.')], is_quotation=True)
        verb = self.rng.choice([' contains the sentence ', ' says in so many words: ', ' warns: '])
        return Sentence(self.article(parts, True) + [Segment(verb + opening), quotation, Segment('.' + closing)],
                        is_quotation=True)

    def mail_lead(self, document, quotation):
        fields, rng = document.fields, self.rng
        others = sorted({d.fields['sender'] for d in self.archive.documents if 'sender' in d.fields} - {fields['sender']})
        wrong = make.name_slips(fields['sender'], rng, self.archive.held, True)
        if others:
            wrong.append(Slip(rng.choice(others), {'description', 'name', 'quotation', 'role'}, FIX | QUERY,
                              'description: another sender'))
        who = Segment(fields['sender'], 'name', wrong)
        to = [Segment(' to '), Segment(fields['recipient'], 'name')] if 'recipient' in fields and rng.random() < 0.5 else []
        when = [Segment(rng.choice([' on ', ' of ']) if to else ' of '), self.date_segment(document)] if 'date' in fields else []
        if rng.random() < 0.5:
            return Sentence([Segment('In an e-mail')] + to + when + [Segment(', '), who, Segment(' wrote: “'), quotation,
                                                                   Segment('.”')], is_quotation=True)
        return Sentence([Segment('“'), quotation, Segment(',” '), who, Segment(' wrote in an e-mail')] + to + when
                        + [Segment('.')], is_quotation=True)

    def spoken_lead(self, document, said, person):
        """Words of a named person; the slip gives them to somebody else."""
        parts = self.described(document)
        others = sorted(set(self.archive.people) - {person})
        others = [o for o in others if o not in document.text()]
        tail = ',” {} said, according to '
        slips = [Slip(said + tail.format(self.rng.choice(others)), {'quotation'}, QUERY, 'quotation: another speaker')] if others else []
        slips += [Slip(s.text + tail.format(person), s.kinds, s.severities, s.what) for s in make.quotation_slips(said, self.rng)]
        return Sentence([Segment('“'), Segment(said + tail.format(person), 'quotation', slips), *self.article(parts, False),
                         Segment('.')], is_quotation=True)

    # facts --------------------------------------------------------------------------------------------------------

    def fact_segments(self, fact, text, traced):
        rng, held = self.rng, self.archive.held
        if fact.kind == 'name':
            title, name = fact.parts
            return [Segment(title, 'role', make.role_slips(title)), Segment(' '),
                    Segment(name, 'name', make.name_slips(name, rng, held, traced))]
        if fact.kind == 'acronym':
            expansion, acronym = fact.parts
            return [Segment(text[:-len(acronym) - 1]), Segment(acronym, 'acronym', make.acronym_slips(acronym, rng, held)), Segment(')')]
        if fact.kind == 'figure':
            return [Segment(fact.parts[0], 'figure', make.figure_slips(fact.parts[0], rng))]
        if fact.kind == 'date':
            short = rng.random() < 0.6
            form = lambda m, d: f'{make.AP_MONTHS[make.MONTHS.index(m)] if short else m} {d}'
            return [Segment(form(*fact.parts), 'date', make.date_slips(*fact.parts, rng, form))]
        return [Segment(text, 'list', make.list_slips(fact.parts))]

    def report(self, sentence, noun, traced=True):
        """A sentence of the document as the newspaper's own, with or without "according to"."""
        segments, at = [], 0
        body = sentence[:-1]
        for fact in facts(body + ' '):
            segments += [Segment(body[at:fact.start])] + self.fact_segments(fact, body[fact.start:fact.end], traced)
            at = fact.end
        segments.append(Segment(body[at:]))
        self.house_forms(segments)
        if self.rng.random() < 0.3:
            tail = self.rng.choice([f', according to the {noun}.', f', the {noun} says.', f', the {noun} reported.'])
            return Sentence(segments + [Segment(tail)], attributed='must')
        return Sentence(segments + [Segment('.')])

    def house_forms(self, segments):
        """Forms of a newspaper's house style: 38%, 38 per cent, $412 million."""
        for figure, after in zip(segments, segments[1:]):
            if figure.kind != 'figure':
                continue
            way = self.rng.random()
            if after.text.startswith(' percent') and way < 0.4:
                after.text = ('%' if way < 0.2 else ' per cent') + after.text[8:]
            for scale in (' million', ' billion'):
                if not after.text.startswith(scale):
                    continue
                other = ' billion' if scale == ' million' else ' million'
                after.kind, rest = 'figure', after.text[len(scale):]
                after.slips = [Slip(other + rest, {'figure'}, FIX, 'figure: million and billion')]

    def named(self, document, traced):
        found = [f for s in sentences(document.text()) for f in persons(s)]
        if not found:
            return None
        title, name = self.rng.choice(found).parts
        templates = words.NAMED[self.language]
        template = self.rng.choice(templates)
        name_segment = Segment(name, 'name', make.name_slips(name, self.rng, self.archive.held, traced))
        if self.language == 'es':
            office = make_office(title)
            template = templates[2] if office is None else template
            parts = {'papel': Segment(office or ''), 'name': name_segment}
        else:
            small = ' '.join(w if w in ('of',) else w.lower() for w in title.split())
            role = Segment(title, 'role', make.role_slips(title))
            lowered = [Slip(s.text.lower(), s.kinds, s.severities, s.what) for s in make.role_slips(title)]
            parts = {'role': role, 'name': name_segment, 'office': Segment(small, 'role', lowered)}
            template = template.replace('The {role}', '{role}')
        return Sentence(capital_first(fill(template, parts)))

    def body(self, document, traced):
        found = [f for p in document.paragraphs for s in sentences(p) for f in facts(s) if f.kind == 'acronym']
        if not found or self.language != 'en':
            return None
        expansion, acronym = self.rng.choice(found).parts
        slot = make.acronym_slips(acronym, self.rng, self.archive.held)
        if self.rng.random() < 0.7:
            pair = [Segment(expansion + ' ('), Segment(acronym, 'acronym', slot), Segment(')')]
        else:
            pair = [Segment(expansion + ', or '), Segment(acronym, 'acronym', slot), Segment(',')]
        before, after = self.rng.choice(words.BODY['en']).split('{pair}')
        return Sentence([Segment(before)] + pair + [Segment(after)])

    def calendar(self, document):
        """When the document was sent: weekday and interval by the calendar."""
        day = document.fields.get('date')
        if not day or self.language != 'en':
            return None
        noun = self.noun(document)
        wrong = make.WEEKDAYS[(day.weekday() + self.rng.choice([1, 2, 5])) % 7]
        weekday = Segment(make.WEEKDAYS[day.weekday()], 'date', [Slip(wrong, {'date'}, FIX, 'date: weekday wrong')])
        if self.rng.random() < 0.5:
            return Sentence([Segment(f'The {noun} was sent on '), weekday, Segment(f', {make.ap_date(day)}.')], attributed='may')
        count = self.rng.choice([3, 5, 8, 11])
        before = day - datetime.timedelta(days=count)
        interval = Segment(f'{count} days', 'date', [Slip(f'{count + self.rng.choice([2, 4])} days', {'date', 'figure'}, FIX,
                                                          'date: interval wrong')])
        return Sentence([Segment(f'The {noun} was sent on {make.ap_date(day)}, '), interval,
                         Segment(f' after the meeting of {make.ap_date(before)}.')], attributed='may')


def make_office(title):
    from facts import SPANISH_OFFICE
    return SPANISH_OFFICE.get(title)


def fill(template, parts):
    return [parts[p[1:-1]] if p.startswith('{') else Segment(p) for p in re.split(r'(\{\w+\})', template) if p]


def capital_first(segments):
    first = segments[0]
    first.text = first.text[0].upper() + first.text[1:]
    first.slips = [Slip(s.text[0].upper() + s.text[1:], s.kinds, s.severities, s.what, s.verdicts) for s in first.slips]
    return segments
