/* iconv_refused.c - the worker program's own iconv: there is none.
 *
 * GMime and libxml2 would convert charsets with the C library's, which opens files for each one it
 * meets, and a worker may open none. Here every charset is converted by text/charset.h; the
 * libraries take our word before the C library's and leave what they cannot convert as it is.
 */
#include <errno.h>
#include <iconv.h>

iconv_t iconv_open(const char *to, const char *from)
{
    (void)to, (void)from;
    errno = EINVAL;
    return (iconv_t)-1;
}

size_t iconv(iconv_t with, char **from, size_t *from_len, char **to, size_t *to_len)
{
    (void)with, (void)from, (void)from_len, (void)to, (void)to_len;
    errno = EBADF;
    return (size_t)-1;
}

int iconv_close(iconv_t with)
{
    (void)with;
    return 0;
}
