/* hostile.h - what the hostile worker program does, told by the first letter of the item. */
#ifndef TESTS_WORKER_HOSTILE_H
#define TESTS_WORKER_HOSTILE_H

/* X(letter, function, part of the words that the ledger must get) */
#define HOSTILE(X)                                                                                 \
    X('o', open_a_file, "refused (openat")                                                         \
    X('s', open_a_socket, "system call that is refused")                                           \
    X('x', run_a_program, "system call that is refused")                                           \
    X('f', fork_itself, "system call that is refused")                                             \
    X('k', kill_its_parent, "system call that is refused")                                         \
    X('m', map_writable_and_executable, "system call that is refused")                             \
    X('p', make_memory_executable, "system call that is refused")                                  \
    X('l', loop_for_ever, "time")                                                                  \
    X('z', sleep_for_ever, "ran out of time")                                                      \
    X('a', allocate_without_end, "")                                                               \
    X('r', recurse_without_end, "crashed")                                                         \
    X('n', write_to_null, "crashed (Segmentation fault)")                                          \
    X('b', abort_itself, "aborted")                                                                \
    X('e', exit_early, "ended before its work was done")                                           \
    X('c', exit_with_code, "code 7")                                                               \
    X('u', flood_with_text, "far more than its documents hold")                                    \
    X('g', send_garbage, "broke the protocol")                                                     \
    X('h', lie_about_length, "broke the protocol")                                                 \
    X('t', send_text_first, "may not come now")                                                    \
    X('q', skip_a_number, "missing or doubled")                                                    \
    X('v', send_bad_text, "breaks the format")                                                     \
    X('w', account_for_too_much, "more bytes accounted for")                                       \
    X('y', speak_after_the_end, "broke the protocol")

#endif
