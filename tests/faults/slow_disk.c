/* A disk as servers have it, for a machine whose own is too fast (or memory): every fsync and fdatasync takes SLOW_DISK_US
   microseconds longer. Preloaded by tests/faults/preloaded.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static void wait_for_the_disk(void)
{
    const char *told = getenv("SLOW_DISK_US");
    long microseconds = told ? atol(told) : 0;
    struct timespec left = {microseconds / 1000000, microseconds % 1000000 * 1000};
    while (microseconds > 0 && nanosleep(&left, &left) != 0) {
    }
}

int fsync(int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_for_the_disk();
    return real(file);
}

int fdatasync(int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_for_the_disk();
    return real(file);
}
