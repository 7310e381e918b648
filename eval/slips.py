"""What a careless writer does to a true statement: for every kind, ways to spoil it and what DESIGN.md 4 says of each.

A slip is (text, kinds, severities, what): the spoilt text, the kinds of finding that may carry it, the severities that
are right for it, and a name for the tables.
"""
import datetime
import re
from dataclasses import dataclass, field

from documents import MONTHS
from facts import OTHER_OFFICE

FIX, QUERY, IMPRECISE, NOTE = {'fix'}, {'query'}, {'imprecise'}, {'note'}
WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
DIAS = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo']
MESES = ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre',
         'diciembre']
AP_MONTHS = ['Jan.', 'Feb.', 'March', 'April', 'May', 'June', 'July', 'Aug.', 'Sept.', 'Oct.', 'Nov.', 'Dec.']


@dataclass
class Slip:
    text: str
    kinds: set
    severities: set
    what: str
    verdicts: set = None           # where the design gives no severity, the verdict tells


@dataclass
class Segment:
    """A piece of a sentence: its true text, and slips that may replace it."""
    text: str
    kind: str = None
    slips: list = field(default_factory=list)


def misspelt(name, rng, held):
    """The name with one letter wrong in a part of five letters or more; a form that stands nowhere in the archive."""
    for _ in range(20):
        parts = name.split()
        choices = [i for i, part in enumerate(parts) if len(part) >= 5]
        if not choices:
            return None
        i = rng.choice(choices)
        part = parts[i]
        at = rng.randrange(1, len(part) - 2)
        way = rng.randrange(3)
        if way == 0:
            new = part[:at] + part[at + 1] + part[at] + part[at + 2:]
        elif way == 1:
            # a lost h, a doubled letter or another vowel could be a transliteration
            if part[at] in 'aeiouhywáéíóú' or part[at] in (part[at - 1], part[at + 1]):
                continue
            new = part[:at] + part[at + 1:]
        else:
            if part[at] in 'aeiouhywáéíóú':
                continue
            new = part[:at] + rng.choice('bdfgklmnprst') + part[at + 1:]
        if new.lower() not in held and new[0].isupper() and new != part:
            parts[i] = new
            return ' '.join(parts)
    return None


def name_slips(name, rng, held, traced):
    wrong = misspelt(name, rng, held)
    if not wrong:
        return []
    return [Slip(wrong, {'name', 'spelling'}, FIX if traced else QUERY | IMPRECISE,
                 'name: a letter, ' + ('document traced beside' if traced else 'no document beside'))]


def role_slips(title):
    other = OTHER_OFFICE.get(title)
    return [Slip(other, {'role'}, QUERY, 'role: another office')] if other else []


def acronym_slips(acronym, rng, held):
    """Two letters swapped, to a form that the archive does not use."""
    at = list(range(len(acronym) - 1))
    rng.shuffle(at)
    for i in at:
        swapped = acronym[:i] + acronym[i + 1] + acronym[i] + acronym[i + 2:]
        if swapped.lower() not in held:
            return [Slip(swapped, {'acronym'}, FIX, 'acronym: letters swapped')]
    return []


def figure_slips(number, rng):
    digits = number.replace(',', '')
    slips = []
    if '.' in digits:
        changed = f'{float(digits) + rng.choice([1, 2, 3]):.{len(digits.split(".")[1])}f}'
        return [Slip(changed, {'figure'}, FIX, 'figure: another number')]
    value = int(digits)
    spelled = (lambda n: f'{n:,}') if ',' in number or value > 9999 else str
    changed = value + rng.choice([-1, 1]) * rng.choice([n for n in (3, 7, 10, 20, 40, 100, 1000) if n * 10 > value / 4 and n < value] or [3])
    if changed > 1 and changed != value and digits.rstrip('0') != str(changed).rstrip('0'):
        slips.append(Slip(spelled(changed), {'figure'}, FIX, 'figure: another number'))
    if len(digits) == 2 and digits[0] != digits[1] and digits[1] != '0':
        slips.append(Slip(digits[::-1], {'figure'}, FIX, 'figure: digits swapped'))
    if value >= 20:
        slips.append(Slip(spelled(value * 10), {'figure'}, FIX, 'figure: ten times'))
    if value >= 110 and len(digits.rstrip('0')) >= 3:
        unit = 10 ** (len(digits) - 2)
        slips.append(Slip(spelled(round(value / unit) * unit), {'figure'}, IMPRECISE, 'figure: rounded, no qualifier'))
    return slips


def date_slips(month, day, rng, form):
    """Another day, another month; form writes a month and a day as the story does."""
    other = day + rng.choice([-1, 1])
    number = MONTHS.index(month)
    return [Slip(form(month, other), {'date'}, FIX, 'date: another day'),
            Slip(form(MONTHS[(number + rng.choice([1, -1])) % 12], day), {'date'}, FIX, 'date: another month')]


def list_slips(members):
    return [Slip(f'{members[0]} and {members[2]}', {'list'}, QUERY, 'list: a member dropped')]


def drop_word(words, rng):
    choices = [i for i in range(2, len(words) - 2) if re.fullmatch(r'[a-z]{5,}', words[i])
               and words[i] not in ('really', 'actually', 'simply', 'quite', 'basically', 'would', 'could', 'there', 'which')]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + words[i + 1:]


def add_word(words, rng):
    choices = [i for i in range(2, len(words) - 1) if re.fullmatch(r'[a-z]{4,}', words[i])
               and words[i - 1] in ('the', 'a', 'of', 'its', 'their', 'his', 'their', 'and')]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + [rng.choice(['terrible', 'notorious', 'forgotten', 'massive', 'violent', 'shameful'])] + words[i:]


def change_word(words, rng):
    choices = [i for i in range(2, len(words) - 2) if re.fullmatch(r'[a-z]{5,}', words[i])]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + [rng.choice(['velvet', 'harvest', 'lantern', 'orchard', 'marble', 'bishop'])] + words[i + 1:]


def change_small_word(words, rng):
    other = {'is': 'was', 'was': 'is', 'are': 'were', 'were': 'are', 'has': 'had', 'had': 'has', 'the': 'a', 'will': 'may',
             'would': 'will', 'all': 'some', 'his': 'her', 'their': 'our', 'can': 'could', 'they': 'we', 'some': 'all'}
    choices = [i for i in range(2, len(words) - 1) if words[i] in other]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + [other[words[i]]] + words[i + 1:]


def lose_not(words, rng):
    choices = [i for i in range(1, len(words) - 1) if words[i] in ('not', 'no', 'never')]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + words[i + 1:]


def change_number(words, rng):
    choices = [i for i in range(1, len(words)) if re.fullmatch(r'[1-9]\d{1,2}', words[i])]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + [str(int(words[i]) + rng.choice([10, 20, 30]))] + words[i + 1:]


def swap_words(words, rng):
    choices = [i for i in range(2, len(words) - 3) if words[i + 1] in ('and', 'or') and re.fullmatch(r'[a-z]{5,}', words[i])
               and re.fullmatch(r'[a-z]{5,}', words[i + 2])]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + [words[i + 2], words[i + 1], words[i]] + words[i + 3:]


def drop_comma(words, rng):
    choices = [i for i in range(1, len(words) - 3) if re.fullmatch(r'[a-z]{3,},', words[i])
               and words[i + 1] not in ('and', 'or')
               and not any(w.endswith(',') and i != j for j, w in enumerate(words[max(0, i - 4):i + 5], max(0, i - 4)))]
    if not choices:
        return None
    i = rng.choice(choices)
    return words[:i] + [words[i][:-1]] + words[i + 1:]


QUOTATION_SLIPS = [(drop_word, FIX, 'a word dropped'), (add_word, FIX, 'a word added'),
                   (change_word, FIX, 'a content word changed'), (change_small_word, FIX, 'a small word changed'),
                   (lose_not, FIX, 'not lost'), (change_number, FIX, 'a number changed'),
                   (swap_words, FIX, 'two words swapped'), (drop_comma, QUERY, 'a comma dropped')]


def quotation_slips(text, rng):
    slips = []
    for change, severities, what in QUOTATION_SLIPS:
        words = change(text.split(), rng)
        if words:
            kinds = {'quotation', 'figure'} if change is change_number else {'quotation'}
            # a short quotation may be a probable trace only: at most a query (DESIGN.md 4)
            allowed = severities | QUERY if len(words) < 12 else severities
            slips.append(Slip(' '.join(words), kinds, allowed, 'quotation: ' + what))
    return slips


def ap_date(day, year=True):
    return f'{AP_MONTHS[day.month - 1]} {day.day}' + (f', {day.year}' if year else '')


def fecha(day):
    return f'{day.day} de {MESES[day.month - 1]} de {day.year}'


def moved(day, rng):
    return day + datetime.timedelta(days=rng.choice([-9, -3, -1, 1, 2, 6, 31]))
