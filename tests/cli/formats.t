Files of word processors and PDFs, as documents and as stories: made here, read by the confined worker.

$ python3 -
<< END
import os, zipfile, zlib
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
def p(*runs): return '<w:p>' + ''.join(runs) + '</w:p>'
def r(words): return '<w:r><w:t xml:space="preserve">' + words + '</w:t></w:r>'
def ins(words): return '<w:ins w:author="Ana">' + r(words) + '</w:ins>'
def cut(words): return '<w:del w:author="Ana"><w:r><w:delText>' + words + '</w:delText></w:r></w:del>'
def put(path, members):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text, zipfile.ZIP_STORED if name == 'mimetype' else None)
def docx(path, *paragraphs, **more):
    put(path, {'[Content_Types].xml': '<Types/>', **more,
        'word/document.xml': f'<w:document {W}><w:body>' + ''.join(paragraphs) + '</w:body></w:document>'})
def odt(path, *paragraphs):
    put(path, {'mimetype': 'application/vnd.oasis.opendocument.text', 'content.xml':
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="t">'
        '<office:body xmlns:office="o"><office:text>' + ''.join(f'<text:p>{words}</text:p>' for words in paragraphs) +
        '</office:text></office:body></o:document-content>'})
def pdf(path, *pages):
    objects = ['<</Type/Catalog/Pages 2 0 R>>', '', '<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>']
    kids = []
    for number, lines in enumerate(pages, 1):
        stream = 'BT /F 9 Tf 60 760 Td (Quarterly of the Port) Tj ET BT /F 12 Tf 60 700 Td 14 TL '
        stream += ' '.join(f'({line}) Tj T*' for line in lines) + f' ET BT /F 9 Tf 300 30 Td ({number}) Tj ET'
        objects.append(f'<</Length {len(stream)}>>stream\n{stream}\nendstream')
        objects.append(f'<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R'
                       '/Resources<</Font<</F 3 0 R>>>>>>')
        kids.append(f'{len(objects)} 0 R')
    objects[1] = f'<</Type/Pages/Kids[{" ".join(kids)}]/Count {len(kids)}>>'
    out = '%PDF-1.4\n'
    places = []
    for number, words in enumerate(objects, 1):
        places.append(len(out))
        out += f'{number} 0 obj\n{words}\nendobj\n'
    table = f'xref\n0 {len(places) + 1}\n0000000000 65535 f \n' + ''.join(f'{at:010} 00000 n \n' for at in places)
    open(path, 'w').write(out + table + f'trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n')
os.mkdir('in')
docx('in/minutes.docx', p(r('The warden of the pass counted '), cut('nine'), ins('eleven'), r(' wagons before the snow closed the road.')),
     **{'word/media/se\u00f1al.txt': 'A name that says it is UTF-8.'})
odt('in/letter.odt', 'Nobody at the customs house had seen the seal of the brigade before that morning.')
pdf('in/report.pdf', ['The ferry stopped twice in the fog, and the pilot asked', 'for the lamps of the'],
    ['mole to be lit at once.'], ['There is no third lamp.'])
docx('in/bomb.docx', p(r('Before the flood.')), ('<w:p>' + ' ' * 49 + '</w:p>') * (1 << 19))
open('in/note.rtf', 'w').write('{\\rtf1\\ansi The bell rang for {\\deleted four}{\\revised five} minutes.\\par}')
put('in/plain.zip', {'a.txt': 'Nothing.'})
open('in/cut.docx', 'wb').write(open('in/minutes.docx', 'rb').read()[:120])
pdf('in/torn.pdf', ['A leaf of it.'], ['Lost.'])
open('in/torn.pdf', 'r+').truncate(620)
docx('story.docx', p(r('The warden "counted eleven wagons before the snow closed the road," the minutes say.')),
     p(r('The pilot asked "for the lamps of the mole to be lit at once" and no one had '), cut('“ever”'),
       r('"seen the seal of the old brigade before that morning."')),
     **{'word/comments.xml': f'<w:comments {W}><w:comment>' + p(r('Is it so?')) + '</w:comment></w:comments>'})
odt('story.odt', 'The pilot asked "for the lamps of the mole to be lit at once" that night.')
pdf('story.pdf', ['The minutes say the warden "counted eleven wagons', 'before the snow closed the road," no more.'])
END

$ stet new t.stet -q && stet add in
Collection "in": ...
         5  read in full ...
         2  read in part ...
         1  could not be read ...
         8  files in all ...
...
? 1

$ stet ledger --problems | sed 's/  */ /g; s/[0-9.]* \(kB\|bytes\) /- /' | sort

Held: ...
could not be read - in/cut.docx ...
read in part - in/bomb.docx [Word document (DOCX)] 65536 of ...
read in part - in/torn.pdf [PDF] the file is damaged: ...

# Words are found where they stand; a sentence goes on over the edge of a page.

$ stet search '"lamps of the mole"' | head -1
...

$ stet show "$(stet search 'ferry fog' | sed -n 's/#.*//p;1q')/page/2" | grep -v '^[a-z]'
...
        mole to be lit at once.
...

# Tracked changes: the accepted text is what counts, and that is said.

$ stet search '"eleven wagons"' | tail -2 | head -1
1 document. ...

$ stet search '"nine wagons"' | tail -2 | head -1
0 documents...

$ stet check story.docx
Compares words with documents held here. It does not say that a document is genuine, complete or true.
story.docx, its date not known: 3 quotations: 2 word for word, 1 altered, unmarked.
As read: tracked changes taken as accepted (0 inserted, 1 deleted); not checked: comments, deleted
     text
...
l.2    fix       altered, unmarked ...
...
? 1

$ stet search '"five minutes"' | tail -2 | head -1
1 document. ...

$ stet check story.odt | sed -n 2p
story.odt, its date not known: 1 quotation: 1 word for word.

$ stet check story.pdf | sed -n 2p
story.pdf, its date not known: 1 quotation: 1 word for word.

# What cannot be read as a story is said.

$ stet check in/cut.docx
stet check: ...
? 2

$ stet check in/plain.zip
stet check: the story could not be read: no text document inside the zip
? 2

$ stet doctor | grep 'read with'
docx: read with libarchive ...
odt: read with libarchive ...
pdf: read with MuPDF ...
mail: read with GMime 3...
archive: read with libarchive ...
