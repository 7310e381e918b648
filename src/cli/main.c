#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/terminal.h"

/* Nothing of an archive may land outside its folder: no core files. */
static void forbid_cores(void)
{
    struct rlimit none = { 0, 0 };
    setrlimit(RLIMIT_CORE, &none);
}

static int refuse_command(const char *typed)
{
    const struct command *near = command_near(typed);
    fprintf(stderr, "stet: no command is called \"%s\"", typed);
    if (near != NULL)
        fprintf(stderr, "; did you mean \"%s\"?", near->name);
    fputs(near == NULL ? " (stet help lists them)\n" : "\n", stderr);
    return EXIT_COULD_NOT;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct call call;
    int parsed = call_parse(command, argc, argv, &call);
    if (parsed != 0)
        return parsed < 0 ? EXIT_FINE : parsed;
    struct terminal terminal = terminal_look(call_value(&call, "color"), call_has(&call, "quiet"),
                                             call_has(&call, "no-progress"));
    call.terminal = &terminal;
    int ended = command->run(&call);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("stet: standard output");
        return EXIT_COULD_NOT;
    }
    return ended;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    forbid_cores();
    if (argc < 2) {
        help_list();
        return EXIT_COULD_NOT;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("stet " STET_VERSION);
        return EXIT_FINE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        help_list();
        return EXIT_FINE;
    }
    const struct command *command = command_named(argv[1]);
    return command == NULL ? refuse_command(argv[1]) : run(command, argc - 1, argv + 1);
}
