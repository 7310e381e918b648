/* wellformed.h - whether bytes are UTF-8 at all. For base/ alone: text/ knows what characters mean.
 */
#ifndef BASE_WELLFORMED_H
#define BASE_WELLFORMED_H

#include "base/bytes.h"

/* How many bytes the well-formed character at the start takes (Unicode 15, table 3-7), 0 if none.
 */
size_t wellformed_len(struct bytes of);

#endif
