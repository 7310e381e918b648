/* terminal.h - what this terminal can show: colour, width, progress. Each stream is judged alone.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

struct terminal {
    bool colour_out;
    bool progress; /* a line that is rewritten on standard error */
    bool quiet;
    int width;
};

/* colour: "auto", "always" or "never". */
struct terminal terminal_look(const char *colour, bool quiet, bool no_progress);

/* Rewrite the progress line; cut to the width. NULL clears it. */
void terminal_progress(const struct terminal *terminal, const char *line);

/* "1.2 MB", "31 s", "2 min 10 s" into out (32 bytes). */
const char *format_bytes(uint64_t bytes, char out[32]);
const char *format_seconds(double seconds, char out[32]);
/* "1 document", "2 documents", "0 documents"; `noun` takes an s and has at most 40 letters. */
const char *format_count(uint64_t count, const char *noun, char out[64]);

#endif
