//! tantivy under the harness: positions on, text not kept, no stemming. The driver, its clock and
//! the reading of pack and questions are bench/driver.c, linked in; this is its struct engine.

use std::ffi::{c_char, c_int, c_uint, c_void, CStr, CString};
use std::time::Duration;

use tantivy::collector::{Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery,
};
use tantivy::schema::{
    Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{LowerCaser, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

const WORDS_MAX: usize = 40;
const MEMORY: usize = 100_000_000;

#[repr(C)]
#[derive(PartialEq, Clone, Copy)]
#[allow(dead_code)]
enum Form {
    All,
    Any,
    Phrase,
    Prefix,
    AnyThree,
}

#[repr(C)]
struct Question {
    form: Form,
    is_count: bool,
    folder: c_int,
    count: usize,
    words: [*const c_char; WORDS_MAX],
}

#[repr(C)]
struct Text {
    at: *const u8,
    len: usize,
    folder: u32,
}

#[repr(C)]
struct Engine {
    build: extern "C" fn(*const c_char, *const c_char),
    open: extern "C" fn(*const c_char) -> *mut c_void,
    close: extern "C" fn(*mut c_void),
    best: extern "C" fn(*mut c_void, *const Question, usize, *mut u32) -> usize,
    count: extern "C" fn(*mut c_void, *const Question) -> u64,
    trace: *const c_void,
    clock: *const c_void,
    warm: c_uint,
}

extern "C" {
    fn driver_main(count: c_int, words: *mut *mut c_char, engine: *const Engine) -> c_int;
    fn stream_open(path: *const c_char) -> *mut c_void;
    fn stream_next(stream: *mut c_void, text: *mut Text) -> c_int;
    fn stream_close(stream: *mut c_void);
}

struct Fields {
    body: Field,
    number: Field,
    folder: Field,
}

struct Peer {
    searcher: Searcher,
    fields: Fields,
    numbers: Vec<Column<u64>>, // of each segment: a document's number in the pack
}

fn schema() -> Schema {
    let mut schema = Schema::builder();
    let body = TextFieldIndexing::default()
        .set_tokenizer("words")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    schema.add_text_field("body", TextOptions::default().set_indexing_options(body));
    schema.add_u64_field("number", NumericOptions::default().set_fast());
    schema.add_u64_field("folder", NumericOptions::default().set_indexed());
    schema.build()
}

fn fields_of(schema: &Schema) -> tantivy::Result<Fields> {
    Ok(Fields {
        body: schema.get_field("body")?,
        number: schema.get_field("number")?,
        folder: schema.get_field("folder")?,
    })
}

/// Runs of letters and digits, in lower case; nothing is too long.
fn name_words(index: &Index) {
    let words = TextAnalyzer::builder(SimpleTokenizer::default()).filter(LowerCaser).build();
    index.tokenizers().register("words", words);
}

fn insert_all(writer: &IndexWriter, fields: &Fields, pack: *const c_char) -> tantivy::Result<()> {
    let mut text = Text { at: std::ptr::null(), len: 0, folder: 0 };
    let stream = unsafe { stream_open(pack) };
    let mut number = 0;
    while unsafe { stream_next(stream, &mut text) } != 0 {
        let bytes = unsafe { std::slice::from_raw_parts(text.at, text.len) };
        let mut document = TantivyDocument::default();
        document.add_text(fields.body, String::from_utf8_lossy(bytes));
        document.add_u64(fields.number, number);
        document.add_u64(fields.folder, text.folder.into());
        writer.add_document(document)?;
        number += 1;
    }
    unsafe { stream_close(stream) };
    Ok(())
}

fn seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

fn build_index(pack: *const c_char, path: &str) -> tantivy::Result<()> {
    std::fs::create_dir(path)?;
    let index = Index::create_in_dir(path, schema())?;
    name_words(&index);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    insert_all(&writer, &fields_of(&index.schema())?, pack)?;
    writer.commit()?;
    writer.wait_merging_threads()?;
    let loaded = seconds();
    let segments = index.searchable_segment_ids()?;
    let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.garbage_collect_files().wait()?;
    writer.wait_merging_threads()?;
    std::thread::sleep(Duration::from_millis(10));
    println!("settle {:.3}", seconds() - loaded);
    Ok(())
}

fn open_peer(path: &str) -> tantivy::Result<Peer> {
    let index = Index::open_in_dir(path)?;
    name_words(&index);
    let searcher = index.reader()?.searcher();
    let mut numbers = Vec::new();
    for segment in searcher.segment_readers() {
        numbers.push(segment.fast_fields().u64("number")?);
    }
    Ok(Peer { searcher, fields: fields_of(&index.schema())?, numbers })
}

fn words_of(question: &Question) -> Vec<&str> {
    let words = question.words[..question.count].iter();
    words.map(|word| unsafe { CStr::from_ptr(*word) }.to_str().unwrap_or("")).collect()
}

impl Peer {
    fn term(&self, word: &str) -> Box<dyn Query> {
        let term = Term::from_field_text(self.fields.body, word);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    fn phrase(&self, words: &[&str]) -> Box<dyn Query> {
        match words {
            [word] => self.term(word),
            _ => {
                let terms = words.iter().map(|word| Term::from_field_text(self.fields.body, word));
                Box::new(PhraseQuery::new(terms.collect()))
            }
        }
    }

    fn any(&self, parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
        Box::new(BooleanQuery::union(parts))
    }

    fn query_of_words(&self, form: Form, words: &[&str]) -> tantivy::Result<Box<dyn Query>> {
        Ok(match form {
            Form::Phrase => self.phrase(words),
            Form::Prefix => {
                Box::new(RegexQuery::from_pattern(&format!("{}.*", words[0]), self.fields.body)?)
            }
            Form::AnyThree => self.any(words.windows(3).map(|three| self.phrase(three)).collect()),
            _ if words.len() == 1 => self.term(words[0]),
            Form::Any => self.any(words.iter().map(|word| self.term(word)).collect()),
            Form::All => {
                let parts = words.iter().map(|word| self.term(word)).collect();
                Box::new(BooleanQuery::intersection(parts))
            }
        })
    }

    fn query(&self, question: &Question) -> tantivy::Result<Box<dyn Query>> {
        let words = self.query_of_words(question.form, &words_of(question))?;
        if question.folder < 0 {
            return Ok(words);
        }
        let folder = Term::from_field_u64(self.fields.folder, question.folder as u64);
        let folder = Box::new(TermQuery::new(folder, IndexRecordOption::Basic));
        Ok(Box::new(BooleanQuery::new(vec![
            (Occur::Must, words),
            (Occur::Must, Box::new(ConstScoreQuery::new(folder, 0.0))),
        ])))
    }

    fn best(&self, question: &Question, most: usize) -> tantivy::Result<Vec<u32>> {
        let top = TopDocs::with_limit(most).order_by_score();
        let found = self.searcher.search(&*self.query(question)?, &top)?;
        Ok(found.iter().map(|(_, at)| self.number(at.segment_ord, at.doc_id)).collect())
    }

    fn number(&self, segment: u32, document: u32) -> u32 {
        self.numbers[segment as usize].first(document).unwrap_or(u64::MAX) as u32
    }

    fn count(&self, question: &Question) -> tantivy::Result<u64> {
        Ok(self.searcher.search(&*self.query(question)?, &Count)? as u64)
    }
}

fn checked<T>(result: tantivy::Result<T>) -> T {
    result.unwrap_or_else(|error| {
        eprintln!("tantivy: {error}");
        std::process::exit(2)
    })
}

fn path_of(path: *const c_char) -> String {
    unsafe { CStr::from_ptr(path) }.to_string_lossy().into_owned()
}

extern "C" fn build(pack: *const c_char, index: *const c_char) {
    checked(build_index(pack, &path_of(index)));
}

extern "C" fn open(index: *const c_char) -> *mut c_void {
    Box::into_raw(Box::new(checked(open_peer(&path_of(index))))) as *mut c_void
}

extern "C" fn close(peer: *mut c_void) {
    drop(unsafe { Box::from_raw(peer as *mut Peer) });
}

extern "C" fn best(
    peer: *mut c_void,
    question: *const Question,
    most: usize,
    documents: *mut u32,
) -> usize {
    let (peer, question) = unsafe { (&*(peer as *const Peer), &*question) };
    let found = checked(peer.best(question, most));
    unsafe { std::slice::from_raw_parts_mut(documents, found.len()) }.copy_from_slice(&found);
    found.len()
}

extern "C" fn count(peer: *mut c_void, question: *const Question) -> u64 {
    let (peer, question) = unsafe { (&*(peer as *const Peer), &*question) };
    checked(peer.count(question))
}

fn main() {
    let words: Vec<CString> = std::env::args().map(|word| CString::new(word).unwrap()).collect();
    if words.len() == 2 && words[1].as_bytes() == b"version" {
        let version = tantivy::version().to_string(); // "tantivy v0.27.0, index format v7"
        println!("{}", version.split(',').next().unwrap_or("tantivy").replace(" v", " "));
        return;
    }
    let mut pointers: Vec<*mut c_char> = words.iter().map(|word| word.as_ptr() as *mut _).collect();
    let engine = Engine {
        build,
        open,
        close,
        best,
        count,
        trace: std::ptr::null(),
        clock: std::ptr::null(),
        warm: 0,
    };
    let done = unsafe { driver_main(words.len() as c_int, pointers.as_mut_ptr(), &engine) };
    std::process::exit(done);
}
