#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool wants_colour(const char *colour)
{
    if (colour != NULL && strcmp(colour, "always") == 0)
        return true;
    if (colour != NULL && strcmp(colour, "never") == 0)
        return false;
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    if (none != NULL && *none != 0)
        return false;
    return isatty(STDOUT_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

struct terminal terminal_look(const char *colour, bool quiet, bool no_progress)
{
    struct winsize size = { 0 };
    struct terminal terminal = { .quiet = quiet, .width = 100, .colour_out = wants_colour(colour) };
    terminal.progress = !quiet && !no_progress && isatty(STDERR_FILENO);
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        terminal.width = size.ws_col;
    return terminal;
}

void terminal_progress(const struct terminal *terminal, const char *line)
{
    if (!terminal->progress)
        return;
    if (line == NULL)
        fputs("\r\033[K", stderr);
    else
        fprintf(stderr, "\r\033[K%.*s", terminal->width - 1, line);
    fflush(stderr);
}

const char *format_bytes(uint64_t bytes, char out[32])
{
    static const char *const units[] = { "bytes", "kB", "MB", "GB", "TB" };
    double value = (double)bytes;
    int unit = 0;
    while (value >= 1000 && unit < 4) {
        value /= 1000;
        unit++;
    }
    snprintf(out, 32, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return out;
}

const char *format_seconds(double seconds, char out[32])
{
    if (seconds < 10)
        snprintf(out, 32, "%.1f s", seconds);
    else if (seconds < 120)
        snprintf(out, 32, "%.0f s", seconds);
    else if (seconds < 7200)
        snprintf(out, 32, "%d min %d s", (int)seconds / 60, (int)seconds % 60);
    else
        snprintf(out, 32, "%d h %d min", (int)(seconds / 3600), (int)(seconds / 60) % 60);
    return out;
}

const char *format_count(uint64_t count, const char *noun, char out[64])
{
    snprintf(out, 64, "%llu %s%s", (unsigned long long)count, noun, count == 1 ? "" : "s");
    return out;
}
