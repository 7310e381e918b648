/* archive.h - the folder stet keeps, opened: catalog, segments, originals.
 *
 * Opening reads only; nothing is ever written outside the folder. One writer at a time
 * (archive/writer.h), any number of readers.
 */
#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "base/scoped.h"
#include "catalog/catalog.h"
#include <stet/archive.h>

#define archive stet_archive

/* The directory descriptor and path as given, lent. */
int archive_directory(const struct archive *archive);
const char *archive_path(const struct archive *archive);
/* What stands in the catalog now; a writer of the same handle sees what it gathered and has not
 * committed. Lent. */
const struct catalog *archive_catalog(const struct archive *archive);
CLOSER(archive, stet_archive_close)

#endif
