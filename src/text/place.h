/* place.h - a place in the archive, and the address that people write for it.
 *
 * Address: NAME[:part][@reading][#p15 | #p4.2 | #n7 | /page/4]; NAME is the number the document
 * gives itself, or base32 of its hash; `@` takes 6 or more hex digits of the reading's text hash.
 * docs/FORMAT.md says how documents are named.
 */
#ifndef TEXT_PLACE_H
#define TEXT_PLACE_H

#include "base/buffer.h"
#include "text/span.h"

struct place {
    uint64_t document; /* the catalog's stable number */
    uint32_t part;     /* 1 is the first */
    uint64_t reading;
    uint32_t start; /* bytes of the part's text */
    uint32_t end;
};

enum address_kind { ADDRESS_DOCUMENT, ADDRESS_PRINTED, ADDRESS_ORDINAL, ADDRESS_PAGE };

struct address {
    struct bytes name;    /* lent from the text */
    uint32_t part;        /* 0 when not said */
    struct bytes reading; /* hex digits, empty when not said */
    enum address_kind kind;
    struct bytes printed; /* "15" of #p15 */
    uint32_t number; /* n of #n7, page of /page/4, or which of several of #p4.2 (0 when not said) */
};

/* BAD_INPUT, saying what is wrong, unless all of text is an address. */
MUST_USE enum status address_parse(struct bytes text, struct address *address, struct fault *fault);

/* A paragraph as a checker cites it: "p15", "p4.2" where several are printed 4, "n7" where none is
 * printed; lists from the sorted spans of the part. Appends nothing when no paragraph covers `at`.
 */
void paragraph_label(const struct span *spans, size_t count, uint32_t at, struct buffer *to);
/* The span of the paragraph an address names within a part's spans, or NULL. */
const struct span *paragraph_of_address(const struct span *spans, size_t count,
                                        const struct address *address);

#endif
