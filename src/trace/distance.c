#include "trace/distance.h"

enum { DISTANCE_MAX = 64 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

unsigned distance_between(struct bytes a, struct bytes b, unsigned most)
{
    size_t apart = a.len > b.len ? a.len - b.len : b.len - a.len;
    if (apart > most || a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return bytes_equal(a, b) ? 0 : most + 1;
    unsigned rows[3][DISTANCE_MAX + 1];
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *twice = rows[(i + 1) % 3];
        unsigned best = row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            unsigned replace = above[j - 1] + (a.at[i - 1] != b.at[j - 1]);
            row[j] = least(replace, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                row[j] = least(row[j], twice[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > most)
            return most + 1;
    }
    return least(rows[a.len % 3][b.len], most + 1);
}

/* One letter for all that scanners take for one another. */
static size_t confusable(struct bytes key, uint8_t *out)
{
    size_t len = 0;
    for (size_t i = 0; i < key.len && len < DISTANCE_MAX; i++) {
        uint8_t byte = key.at[i];
        if (byte == 'r' && i + 1 < key.len && key.at[i + 1] == 'n') {
            out[len++] = 'm';
            i++;
        } else if (byte == 'i' || byte == '1') {
            out[len++] = 'l';
        } else if (byte == '0') {
            out[len++] = 'o';
        } else if (byte == '5') {
            out[len++] = 's';
        } else {
            out[len++] = byte == 'c' ? 'e' : byte;
        }
    }
    return len;
}

static bool is_number(struct bytes key)
{
    for (size_t i = 0; i < key.len; i++)
        if (key.at[i] >= '0' && key.at[i] <= '9')
            return true;
    return false;
}

bool distance_is_noise(struct bytes a, struct bytes b)
{
    if (a.len < 3 || b.len < 3 || (is_number(a) && is_number(b)))
        return false;
    size_t longer = a.len > b.len ? a.len : b.len;
    unsigned most = longer >= 9 ? 2 : 1;
    if (a.len + most < b.len || b.len + most < a.len)
        return false;
    if (distance_between(a, b, most) <= most)
        return true;
    uint8_t one[DISTANCE_MAX], other[DISTANCE_MAX];
    size_t len_a = confusable(a, one), len_b = confusable(b, other);
    return bytes_equal(bytes_make(one, len_a), bytes_make(other, len_b));
}
