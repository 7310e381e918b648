import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/** Lucene under the harness; peer_lucene.c calls it. Forms of questions are numbered as in corpus.h. */
public final class Peer {
    private static final int ALL = 0, ANY = 1, PHRASE = 2, PREFIX = 3;
    private static final double BUFFER_MB = 100;

    /** Runs of letters and digits, in lower case. */
    private static final class Words extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer runs = new CharTokenizer(CharTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY, 255) {
                @Override
                protected boolean isTokenChar(int c) {
                    return Character.isLetterOrDigit(c);
                }
            };
            return new TokenStreamComponents(runs, new LowerCaseFilter(runs));
        }
    }

    private IndexWriter writer;
    private IndexSearcher searcher;

    /** A new index to be filled. */
    public static Peer create(String path) throws IOException {
        Peer peer = new Peer();
        IndexWriterConfig config = new IndexWriterConfig(new Words()).setRAMBufferSizeMB(BUFFER_MB);
        peer.writer = new IndexWriter(FSDirectory.open(Path.of(path)), config);
        return peer;
    }

    public void add(byte[] text, int number, int folder) throws IOException {
        Document document = new Document();
        document.add(new TextField("body", new String(text, "UTF-8"), Field.Store.NO));
        document.add(new NumericDocValuesField("number", number));
        document.add(new StringField("folder", Integer.toString(folder), Field.Store.NO));
        writer.addDocument(document);
    }

    public void commit() throws IOException {
        writer.commit();
    }

    /** One segment, as the peers' own benchmarks do it. */
    public void settle() throws IOException {
        writer.forceMerge(1);
        writer.close();
    }

    public static Peer open(String path) throws IOException {
        Peer peer = new Peer();
        peer.searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(Path.of(path))));
        peer.searcher.setQueryCache(null);
        return peer;
    }

    private static Query word(String word) {
        return new TermQuery(new Term("body", word));
    }

    private static Query several(String[] words, Occur occur) {
        if (words.length == 1)
            return word(words[0]);
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : words)
            all.add(word(word), occur);
        return all.build();
    }

    private static Query threes(String[] words) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (int i = 0; i + 2 < words.length; i++)
            any.add(new PhraseQuery("body", words[i], words[i + 1], words[i + 2]), Occur.SHOULD);
        return any.build();
    }

    private static Query ofWords(int form, String[] words) {
        switch (form) {
        case ALL:
            return several(words, Occur.MUST);
        case ANY:
            return several(words, Occur.SHOULD);
        case PHRASE:
            return new PhraseQuery("body", words);
        case PREFIX:
            return new PrefixQuery(new Term("body", words[0]));
        default:
            return threes(words);
        }
    }

    private static Query query(int form, int folder, String line) {
        Query words = ofWords(form, line.split(" "));
        if (folder < 0)
            return words;
        Query filter = new TermQuery(new Term("folder", Integer.toString(folder)));
        return new BooleanQuery.Builder().add(words, Occur.MUST).add(filter, Occur.FILTER).build();
    }

    public int[] best(int form, int folder, String words, int most) throws IOException {
        ScoreDoc[] found = searcher.search(query(form, folder, words), most).scoreDocs;
        int[] numbers = new int[found.length];
        for (int i = 0; i < found.length; i++)
            numbers[i] = number(found[i].doc);
        return numbers;
    }

    private int number(int document) throws IOException {
        LeafReaderContext leaf =
            searcher.getLeafContexts().get(ReaderUtil.subIndex(document, searcher.getLeafContexts()));
        NumericDocValues numbers = leaf.reader().getNumericDocValues("number");
        numbers.advanceExact(document - leaf.docBase);
        return (int) numbers.longValue();
    }

    public long count(int form, int folder, String words) throws IOException {
        return searcher.count(query(form, folder, words));
    }
}
