"""Read documents for the evaluation: paragraphs, header fields, facts. An own reading, on purpose not stet's."""
import datetime
import html
import re
from dataclasses import dataclass, field

MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
          'November', 'December']
MONTH = '|'.join(MONTHS)
SHORT = {m[:3].upper(): n for n, m in enumerate(MONTHS, 1)}

PARAGRAPH = re.compile(r'^\s*¶?\s*(\d{1,2})\.\s+(?:\((?:[SCU]|SBU|FOUO|[SC]/NF|U/FOUO)\)\s*)?(?=[A-Z"“¿])')
PAGE_LINE = re.compile(r'^\s*[A-Z][A-Z .\']+ \d{5,8} \d{3} OF \d{3}\s*$')
HEADER = re.compile(r'^(?:[A-Z]\d* )?(S E C R E T|C O N F I D E N T I A L|UNCLAS(?:SIFIED)?)(?: SECTION \d+ OF \d+)?'
                    r' ([A-Z][A-Z ]*[A-Z]) (\d{3,6})\s*$', re.M)
STAMP = re.compile(r'^[A-Z] (\d\d)(\d\d)(\d\d)Z (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) (\d\d)\s*$', re.M)
CLASSES = {'S': 'secret', 'C': 'confidential', 'U': 'unclassified'}


@dataclass
class Document:
    name: str
    kind: str                      # cable, email, text
    paragraphs: list               # of text, furniture and marks taken off
    fields: dict = field(default_factory=dict)   # class, date, origin, embassy, sender, recipient, subject
    language: str = 'en'

    def text(self):
        return ' '.join(self.paragraphs)


def squeeze(text):
    return re.sub(r'\s+', ' ', text).strip()


def cable_fields(raw):
    fields = {}
    header = HEADER.search(raw)
    if header:
        fields['class'] = CLASSES[header[1][0]]
        fields['origin'] = header[2].title()
    stamp = STAMP.search(raw)
    if stamp:
        year = int(stamp[5])
        fields['date'] = datetime.date(year + (1900 if year > 60 else 2000), SHORT[stamp[4]], int(stamp[1]))
    dated = re.search(r'^(?:<code><pre>)?(?:Cable dated:(\d{4})-(\d\d)-(\d\d)T|\w+day, (\d\d?) (\w+) (\d{4}), \d)', raw)
    if dated and dated[1]:
        fields['date'] = datetime.date(int(dated[1]), int(dated[2]), int(dated[3]))
    elif dated and dated[5] in MONTHS:
        fields['date'] = datetime.date(int(dated[6]), MONTHS.index(dated[5]) + 1, int(dated[4]))
    embassy = re.search(r'^FM AMEMBASSY ([A-Z ]+?)\s*$', raw, re.M)
    if embassy:
        fields['embassy'] = embassy[1].title()
    return fields


def cable_paragraphs(raw):
    found, current = [], None
    for line in raw.split('\n'):
        if PAGE_LINE.match(line) or re.match(r'^[\s-]*$', line) and '-' in line:
            continue
        start = PARAGRAPH.match(line)
        if start:
            current = [line[start.end():]]
            found.append(current)
        elif not line.strip():
            # a page may break a paragraph: it goes on unless what stands ends a sentence
            if current and re.search(r'[.?!"”)]\s*$', ' '.join(current)):
                current = None
        elif current is not None:
            current.append(line)
    return [squeeze(' '.join(lines)) for lines in found]


def read_cable(name, raw):
    raw = html.unescape(re.sub(r'<[^>]*>', '', raw))
    paragraphs = [p for p in cable_paragraphs(raw) if len(p.split()) > 8]
    return Document(name, 'cable', paragraphs, cable_fields(raw))


def mail_person(value):
    """First name and surname of "Surname, First M <address>"; None for anything else."""
    match = re.match(r"^([A-Z][A-Za-z'-]{2,}), ([A-Z][a-z]{2,})(?: [A-Z]\.?)?(?: \(.*?\))? *(?:<.*)?$", value.strip())
    return f'{match[2]} {match[1]}' if match else None


def read_mail(name, raw):
    fields = {}
    for key, what in (('From', 'sender'), ('To', 'recipient')):
        match = re.search(rf'^{key}: +(.*)$', raw, re.M)
        person = mail_person(match[1]) if match else None
        if person:
            fields[what] = person
    sent = re.search(rf'^Sent: +\w+, ({MONTH}) (\d\d?), (\d{{4}})', raw, re.M)
    if sent:
        fields['date'] = datetime.date(int(sent[3]), MONTHS.index(sent[1]) + 1, int(sent[2]))
    body = re.split(r'^Subject:.*$', raw, maxsplit=1, flags=re.M)[-1]
    body = re.split(r'^ *-* ?Original Message|^From:|^ *UNCLASSIFIED U\.S\.', body, maxsplit=1, flags=re.M)[0]
    pieces = [squeeze(p) for p in re.split(r'\n\s*\n', body)]
    return Document(name, 'email', [p for p in pieces if len(p.split()) > 8 and not re.search(r'  +B\d|\bB[156]\b', p)],
                    fields)


def read_text(name, raw):
    raw = re.sub(r'<(head|header|footer|script)\b.*?</\1>', '', raw, flags=re.S)
    raw = re.sub(r'</?(?:p|h\d|div|li|tr)\b[^>]*>', '\n\n', raw)
    raw = html.unescape(re.sub(r'<[^>]*>', '', raw))
    pieces = [squeeze(p) for p in re.split(r'\n\s*\n', raw)]
    return Document(name, 'text', [p for p in pieces if len(p.split()) > 12])


def read_document(path):
    raw = path.read_bytes().decode('utf-8', 'replace').replace('\r', '')
    if path.suffix not in ('.txt', '.md', '.html'):
        return None
    if re.search(r'^From: ', raw, re.M) and re.search(r'^(?:Sent|Subject): ', raw, re.M):
        document = read_mail(path.stem, raw)
    elif re.search(r'^ *SUBJECT:', raw, re.M) and re.search(r'S E C R E T|D E N T I A L|UNCLAS', raw):
        document = read_cable(path.stem, raw)
    else:
        document = read_text(path.stem, raw)
    words = re.findall(r'\w+', document.text().lower())
    if sum(w in ('el', 'la', 'de', 'que', 'los', 'del') for w in words) > len(words) / 8:
        document.language = 'es'
    if sum(c.isupper() for c in document.text()) > len(document.text()) / 4:
        return None                # all capitals: prose cannot be made of it without guessing at names
    return document if document.paragraphs else None


def read_folders(folders):
    documents = []
    for folder in folders:
        for path in sorted(folder.rglob('*')):
            document = read_document(path) if path.is_file() else None
            if document:
                documents.append(document)
    return documents
