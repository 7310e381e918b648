// peer_xapian - Xapian under the harness: positions on, text not kept, no stemming.
#include <xapian.h>

#include <cstdio>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

#include "driver.h"

using Xapian::Query;

static std::string folder_term(int folder)
{
    return "XF" + std::to_string(folder);
}

static void insert_all(const char *pack, const std::string &index)
{
    Xapian::WritableDatabase base(index, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    struct stream *stream = stream_open(pack);
    struct text text;
    while (stream_next(stream, &text)) {
        Xapian::Document document;
        generator.set_document(document);
        generator.set_termpos(0);
        generator.index_text(Xapian::Utf8Iterator(text.at, text.len));
        document.add_boolean_term(folder_term(int(text.folder)));
        base.add_document(document);
    }
    stream_close(stream);
    base.commit();
    base.close();
}

static void build(const char *pack, const char *index)
{
    const std::string loose = std::string(index) + ".loose";
    insert_all(pack, loose);
    std::clock_t loaded = std::clock();
    Xapian::Database(loose).compact(index);
    std::printf("settle %.3f\n", double(std::clock() - loaded) / CLOCKS_PER_SEC);
}

static void *open_index(const char *index)
{
    return new Xapian::Database(index);
}

static void close_index(void *self)
{
    delete static_cast<Xapian::Database *>(self);
}

static Query phrase(char *const *words, size_t count)
{
    std::vector<std::string> terms(words, words + count);
    return Query(Query::OP_PHRASE, terms.begin(), terms.end(), count);
}

static Query words_from_question(const struct question *question)
{
    if (question->form == FORM_PHRASE)
        return phrase(question->words, question->count);
    if (question->form == FORM_PREFIX)
        return Query(Query::OP_WILDCARD, question->words[0]);
    std::vector<Query> parts;
    if (question->form == FORM_ANY_THREE)
        for (size_t i = 0; i + 2 < question->count; i++)
            parts.push_back(phrase(question->words + i, 3));
    else
        for (size_t i = 0; i < question->count; i++)
            parts.push_back(Query(question->words[i]));
    Query::op operation = question->form == FORM_ALL ? Query::OP_AND : Query::OP_OR;
    return Query(operation, parts.begin(), parts.end());
}

static Query query_from_question(const struct question *question)
{
    Query words = words_from_question(question);
    if (question->folder == EVERY_FOLDER)
        return words;
    return Query(Query::OP_FILTER, words, Query(folder_term(question->folder)));
}

static Xapian::MSet answer(void *self, const struct question *question, size_t most, size_t look)
{
    Xapian::Enquire enquire(*static_cast<Xapian::Database *>(self));
    enquire.set_query(query_from_question(question));
    enquire.set_weighting_scheme(Xapian::BM25Weight());
    return enquire.get_mset(0, most, look);
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    Xapian::MSet set = answer(self, question, most, 0);
    size_t count = 0;
    for (auto i = set.begin(); i != set.end(); ++i)
        documents[count++] = *i - 1;
    return count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    size_t all = static_cast<Xapian::Database *>(self)->get_doccount();
    return answer(self, question, 0, all).get_matches_estimated();
}

int main(int count, char **words)
{
    if (count == 2 && std::strcmp(words[1], "version") == 0) {
        std::printf("Xapian %s\n", Xapian::version_string());
        return 0;
    }
    const struct engine engine = { build, open_index, close_index, best, count_all, nullptr,
                                  nullptr, 0 };
    try {
        return driver_main(count, words, &engine);
    } catch (const Xapian::Error &error) {
        stop("xapian: %s", error.get_description().c_str());
    }
}
