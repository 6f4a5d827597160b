/* A disk that is full while the file named by FULL_DISK exists: nothing more can be written to files of a database.
   Preloaded by tests/faults/preloaded.py. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_full_for(int file)
{
    const char *told = getenv("FULL_DISK");
    char link[64], path[4096];
    if (!told || access(told, F_OK) != 0)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return strstr(path, ".db") != NULL;
}

#define WRITE(name, offset)                                                                                            \
    ssize_t name(int file, const void *from, size_t many, offset at)                                                   \
    {                                                                                                                  \
        ssize_t (*real)(int, const void *, size_t, offset) =                                                           \
            (ssize_t(*)(int, const void *, size_t, offset))dlsym(RTLD_NEXT, #name);                                    \
        if (is_full_for(file)) {                                                                                       \
            errno = ENOSPC;                                                                                            \
            return -1;                                                                                                 \
        }                                                                                                              \
        return real(file, from, many, at);                                                                             \
    }

WRITE(pwrite, off_t)
WRITE(pwrite64, off64_t)

ssize_t write(int file, const void *from, size_t many)
{
    ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (is_full_for(file)) {
        errno = ENOSPC;
        return -1;
    }
    return real(file, from, many);
}
