/* names.h - who and what the archive names: persons, bodies, places, with counts and titles.
 *
 * Read out of the text by one recogniser; nobody says that two of one name are one person. The
 * index is worked out from the segments when it is first asked for, and from new ones later
 * (docs/decisions/), and kept in the archive's folder `names/` where that can be written.
 */
#ifndef STET_NAMES_H
#define STET_NAMES_H

#include <stet/archive.h>
#include <stet/scope.h>

enum stet_name_kind {
    STET_NAME_ANY,
    STET_NAME_PERSON,
    STET_NAME_BODY,
    STET_NAME_PLACE,
    STET_NAME_OTHER
};

struct stet_spelling {
    const char *text;
    uint64_t documents;
};

struct stet_name {
    const char *id;   /* stays from one day to the next: "costa ana" */
    const char *text; /* the register's spelling, else the most frequent one */
    enum stet_name_kind kind;
    uint64_t documents;
    uint64_t mentions;
    const struct stet_spelling *spellings; /* the most frequent first, at most 16 */
    size_t spelling_count;
    const struct stet_spelling *titles; /* offices that stand beside it, at most 8 */
    size_t title_count;
    const char *const *merged; /* ids that were merged into it by hand */
    size_t merged_count;
    const char *const *near; /* ids one letter away, where asked for, at most 8 */
    size_t near_count;
    const char *query; /* finds its spellings: "\"Ana Costa\" OR \"Anna Costa\"" */
    bool is_registered;
};

struct stet_names_asked {
    struct stet_scope scope;
    const char *id;    /* this one alone; or NULL */
    const char *words; /* begins any word of the name with each of these; NULL: all */
    enum stet_name_kind kind;
    bool by_name; /* else the most documents first */
    bool with_near;
    uint64_t skip;
    size_t most; /* 0: 50 */
};

struct stet_names {
    const struct stet_name *at;
    size_t count;
    uint64_t total;
};

enum stet_status stet_names_make(struct stet_archive *archive, const struct stet_names_asked *asked,
                                 const struct stet_names **names, struct stet_fault *fault);
void stet_names_free(const struct stet_names *names);
const char *stet_name_kind_word(enum stet_name_kind kind);

/* Work out what is missing of the index, so that the next question is quick: after stet_add, say.
 * `progress` may be NULL. */
enum stet_status stet_names_build(struct stet_archive *archive,
                                  void (*progress)(void *context, uint64_t done, uint64_t total),
                                  void *context, struct stet_fault *fault);

struct stet_name_place {
    const char *name; /* of the document */
    const char *date, *date_basis, *title;
    uint64_t mentions;
};
/* The documents of a name, the most mentions first; lent for the call; a value other than 0 stops.
 * *total: all. */
typedef int stet_name_place_told(void *context, const struct stet_name_place *place);
enum stet_status stet_name_documents(struct stet_archive *archive, const char *id,
                                     const struct stet_scope *scope, uint64_t skip, size_t most,
                                     stet_name_place_told *told, void *context, uint64_t *total,
                                     struct stet_fault *fault);

/* A person says that `id` is `into`. STET_BAD_INPUT: the same, or a ring. Undone by stet_name_part
 * (STET_NOT_FOUND: it was not merged). */
enum stet_status stet_name_merge(struct stet_archive *archive, const char *id, const char *into,
                                 const char *by, struct stet_fault *fault);
enum stet_status stet_name_part(struct stet_archive *archive, const char *id,
                                struct stet_fault *fault);
/* The newsroom's register: how it writes a name. `note` may be "". A spelling replaces the one of
 * the same id. STET_BAD_INPUT: no letters in it. Taken out with `spelling` NULL. */
enum stet_status stet_name_register(struct stet_archive *archive, const char *id,
                                    const char *spelling, const char *note, const char *by,
                                    struct stet_fault *fault);
struct stet_name_decided {
    const char *id, *into; /* of a merge; into "" in the register */
    const char *spelling, *note, *by, *date;
};
typedef void stet_name_decided_told(void *context, const struct stet_name_decided *decided);
/* All merges and the register. */
enum stet_status stet_names_decided(struct stet_archive *archive, stet_name_decided_told *told,
                                    void *context, struct stet_fault *fault);

#endif
