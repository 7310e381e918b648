/* status.h - how a call ended, by what the caller can do about it. */
#ifndef STET_STATUS_H
#define STET_STATUS_H

enum stet_status {
    STET_OK = 0,
    STET_NOT_FOUND,  /* what was named is not there */
    STET_BAD_INPUT,  /* the caller's words, or a file given to us, cannot be taken */
    STET_CORRUPT,    /* something stet wrote is damaged: `stet verify` tells what it costs */
    STET_BUSY,       /* another program holds it: wait, or try again */
    STET_OVER_LIMIT, /* a limit of size, time or depth was reached */
    STET_IO_FAILED,  /* the disk or the system refused */
    STET_NO_MEMORY,
};

#endif
