"""Facts that stand in a sentence of a document: persons with titles, acronyms, figures, dates, lists."""
import re
from dataclasses import dataclass

from documents import MONTH

TITLES = ('Vice President', 'Prime Minister', 'President', 'Foreign Minister', 'Interior Minister', 'Finance Minister',
          'Defense Minister', 'Justice Minister', 'Minister of Works', 'Minister of Defense', 'Minister of Finance',
          'Deputy Attorney General', 'Attorney General', 'General', 'Admiral', 'Colonel', 'Captain', 'Ambassador',
          'Governor', 'Mayor', 'Deputy Secretary', 'Under Secretary', 'Assistant Secretary', 'Senator', 'Consul',
          'Engineer', 'Ombudsman', 'Economic Counselor', 'Political Counselor', 'Public Security Secretary')
# The office that a slip gives instead: never one that the same person could also hold in the same sentence.
OTHER_OFFICE = {'Vice President': 'Finance Minister', 'Prime Minister': 'Defense Minister', 'President': 'Finance Minister',
                'Foreign Minister': 'Interior Minister', 'Interior Minister': 'Finance Minister',
                'Finance Minister': 'Interior Minister', 'Defense Minister': 'Justice Minister',
                'Justice Minister': 'Defense Minister', 'Minister of Works': 'Finance Minister',
                'Minister of Defense': 'Minister of Finance', 'Minister of Finance': 'Minister of Defense',
                'Deputy Attorney General': 'Ambassador', 'Attorney General': 'Foreign Minister', 'General': 'Admiral',
                'Admiral': 'General', 'Colonel': 'Admiral', 'Captain': 'General', 'Ambassador': 'Senator',
                'Governor': 'Senator', 'Mayor': 'Governor', 'Senator': 'Governor', 'Consul': 'Colonel',
                'Economic Counselor': 'Political Counselor', 'Political Counselor': 'Economic Counselor',
                'Public Security Secretary': 'Attorney General', 'Ombudsman': 'Attorney General'}
SPANISH_OFFICE = {'President': 'el presidente', 'Finance Minister': 'el ministro de Hacienda',
                  'Interior Minister': 'el ministro del Interior', 'Attorney General': 'el fiscal general',
                  'General': 'el general', 'Admiral': 'el almirante', 'Colonel': 'el coronel', 'Mayor': 'el alcalde',
                  'Governor': 'el gobernador', 'Senator': 'el senador', 'Ambassador': 'el embajador',
                  'Foreign Minister': 'el ministro de Relaciones Exteriores'}
CAPITAL = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?:-[A-Z][a-z]+)?"
PERSON = re.compile(rf"\b({'|'.join(TITLES)}) ({CAPITAL}(?: {CAPITAL}){{1,2}})(?=[ ,.;])")
NOT_A_NAME = set('The This That And But For With From House Office Committee Ministry Government State States United '
                 'National Embassy Party Council General Republic President Minister Ambassador American Deputy '
                 'Secretary Assistant Affairs Elect Intelligence Directorate Staff Security Coordinator '
                 'Counsel Manager'.split())
BODIES = ('Ministry Office Service Party Agency Commission Committee Council Front Navy Army Organization Bank Union '
          'Group Forces Force Institute Department Bureau Authority Court Police Congress Movement Alliance '
          'Association Secretariat Center Federation Corporation Fund').split()
PAIR = re.compile(r"((?:(?:[A-Z][A-Za-z'’-]+|of|the|and|for|on)[ ,]+)*[A-Z][A-Za-z'’-]+) \(([A-Z]{3,6})\)")
FIGURE = re.compile(r'(?<![\w.,:$/-])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?= (?:percent|million|billion|[a-z]{4,}))')
DATE = re.compile(rf'\b({MONTH}) (\d\d?)\b(?!,? ?\d{{4}}|[-/–]| ?and \d| ?to \d| ?or \d)')
LIST = re.compile(rf"\b({CAPITAL}(?: {CAPITAL})?), ({CAPITAL}(?: {CAPITAL})?),? and ({CAPITAL}(?: {CAPITAL})?)\b(?! [A-Z(])")
ABBREVIATION = re.compile(r'\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Adm|Capt|Sen|Rep|Gov|St|No|U\.S|U\.N|[A-Z]|vs|Jr|Sr|Lt|Maj|Amb)\.$')
MOJIBAKE = re.compile(r'[A-Za-z][,&`?8][A-Za-z]|[^\x20-\x7eÁÉÍÓÚÑáéíóúñü¿¡’]')


@dataclass
class Fact:
    kind: str          # name, acronym, figure, date, list
    start: int
    end: int
    parts: tuple


def sentences(paragraph):
    """Whole sentences; where it is not plain that one ends, it does not."""
    text = re.sub(r'^(?:Summary|SUMMARY|Comment|COMMENT|Begin Summary)[:.] ', '', paragraph)
    text = re.sub(r' (?:End|END) (?:Summary|SUMMARY|Comment|COMMENT|Note|NOTE)\.?\)?$', '', text)
    found, start = [], 0
    for stop in re.finditer(r'[.?!] +(?=[A-ZÁÉÍÓÚÑ¿])|[.?!]$', text):
        if ABBREVIATION.search(text[start:stop.start() + 1]):
            continue
        found.append(text[start:stop.start() + 1].strip())
        start = stop.end()
    return [s for s in found if s]


def is_plain(sentence, least=6, most=34):
    """Prose that can be printed: complete, without marks, codes, addresses or damage."""
    words = sentence.split()
    return (least <= len(words) <= most and sentence.endswith('.') and not MOJIBAKE.search(sentence)
            and not re.search(r'["“”\[\]<>_*=@#]|\.\.|--|X{3}|\d{3} of \d{3}|https?:|\(Note|\(Comment|\bREF|\bRef', sentence)
            and sentence.count('(') == sentence.count(')')
            and sum(w.isupper() and len(w) > 4 for w in words) < 3 and sentence[0].isupper()
            and not re.match(r'[A-Z]{2,} [A-Z]{2,}', sentence))


def is_own_voice(sentence):
    """A newspaper could print it as its own report: nobody in the first or second person, nothing pointing back."""
    return (not re.search(r"\b(?:we|our|us|I|my|you|your|Post|Emboffs?|Poloff|Econoff|PolOff|EconOff|ref|septel|DCM|reftel)\b", sentence, re.I)
            and not re.match(r'(?:Ambassador (?![A-Z])|He|She|They|It|This|These|Those|That|His|Her|Their|Its|Such|But|And|Both|Another|Here|'
                             r'There|Then|However|Also|Thus|In addition|For example|Second|First|Third|One|Some)\b', sentence)
            and not re.search(r'\b(?:respectively|this|these|the latter|the former|above|below|yesterday|today|recently)\b', sentence))


def persons(sentence):
    for match in PERSON.finditer(sentence):
        names = match[2].split()
        if re.search(r'[A-Z][\w-]+ $|\b(?:former|acting|deputy|ex-)$', sentence[:match.start()]):
            continue
        if not set(names) & NOT_A_NAME and all(len(n) > 2 for n in names) and len(names[-1]) >= 5:
            yield Fact('name', match.start(), match.end(), (match[1], match[2]))


def acronyms(sentence):
    for match in PAIR.finditer(sentence):
        words = match[1].split()
        while words and words[0].strip(',') in ('The', 'the', 'of', 'and', 'for', 'on', 'In', 'At', 'When', 'And', 'Since', 'A'):
            words.pop(0)
        expansion = ' '.join(words)
        bodies = [w for w in words if w.strip(',') in BODIES]
        if re.search(r"(?<!General)['’]s\b", expansion):
            continue
        if 2 <= len(words) <= 7 and len(bodies) == 1 and ',' not in expansion and len(set(match[2])) >= 3:
            yield Fact('acronym', match.end() - len(match[2]) - 3 - len(expansion), match.end(), (expansion, match[2]))


def figures(sentence):
    for match in FIGURE.finditer(sentence):
        before, number = sentence[:match.start()], match[1]
        if re.search(rf'(?:{MONTH}|Article|article|No\.|number|Resolution|Section|Chapter|Group|[A-Z]{{2,}}) $', before):
            continue
        if re.match(r'(?:19|20)\d\d$', number) or len(number.replace(',', '')) < 2 or number[0] == '0':
            continue
        if re.match(r' (?:years? old|minutes|a\.m|p\.m|hours|days?\b)', sentence[match.end():]):
            continue
        yield Fact('figure', match.start(), match.end(), (number,))


def dates(sentence):
    for match in DATE.finditer(sentence):
        if 2 <= int(match[2]) <= 27:
            yield Fact('date', match.start(), match.end(), (match[1], int(match[2])))


def lists(sentence):
    for match in LIST.finditer(sentence):
        if not re.search(r'(?:,| and) $', sentence[:match.start()]) and len({match[1], match[2], match[3]}) == 3 \
                and not re.search(MONTH, match[0]):
            yield Fact('list', match.start(), match.end(), (match[1], match[2], match[3]))


def facts(sentence):
    """In order, none inside another."""
    found, end = [], 0
    every = [f for find in (persons, acronyms, figures, dates, lists) for f in find(sentence)]
    for fact in sorted(every, key=lambda f: (f.start, -f.end)):
        if fact.start >= end:
            found.append(fact)
            end = fact.end
    return found


SPOKEN = re.compile(r'"([A-Z][^"]{25,220})[,.?]" (?:the )?([A-Z][A-Za-z ]{2,40}?) (?:said|told|answered|wrote|asked|added)\b')


def spoken(paragraph):
    """Words that the document gives in quotation marks to a named person: (words, person)."""
    for match in SPOKEN.finditer(paragraph):
        person = match[2].split()[-1]
        if person[0].isupper() and person not in NOT_A_NAME and not MOJIBAKE.search(match[1]):
            yield match[1], person
