#include "readers/reader.h"

int main(void)
{
    return worker_main(readers_all);
}
