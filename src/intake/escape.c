#include "intake/escape.h"

#include <stdio.h>

#include "text/utf8.h"

/* Controls, the bidirectional ones too: a name must not turn a line of a report around. */
static bool is_plain(uint32_t code)
{
    if (code == UTF8_BAD || code < 0x20 || (code >= 0x7F && code < 0xA0))
        return false;
    return !(code >= 0x200B && code <= 0x200F) && !(code >= 0x2028 && code <= 0x202E) &&
           !(code >= 0x2066 && code <= 0x2069) && code != 0xFEFF;
}

void escape_path(struct bytes path, char *out, size_t room)
{
    size_t used = 0;
    for (size_t at = 0; at < path.len;) {
        size_t len;
        uint32_t code = utf8_decode(path, at, &len);
        bool plain = is_plain(code);
        size_t need = plain ? len : 4 * len;
        if (used + need + 4 > room) {
            used += (size_t)snprintf(out + used, room - used, "...");
            break;
        }
        for (size_t i = 0; i < len; i++)
            if (plain)
                out[used++] = (char)path.at[at + i];
            else
                used += (size_t)snprintf(out + used, room - used, "\\x%02X", path.at[at + i]);
        at += len;
    }
    out[used < room ? used : room - 1] = 0;
}
