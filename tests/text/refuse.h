/* refuse.h - end a test with words; cmocka's fail_msg needs the name that base/fault.h takes. */
#ifndef TESTS_TEXT_REFUSE_H
#define TESTS_TEXT_REFUSE_H

#include <cmocka.h>

#define refuse(...)                                                                                \
    do {                                                                                           \
        print_error(__VA_ARGS__);                                                                  \
        print_error("\n");                                                                         \
        _fail(__FILE__, __LINE__);                                                                 \
    } while (0)

#endif
