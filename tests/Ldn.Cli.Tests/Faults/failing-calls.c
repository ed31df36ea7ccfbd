/* Lets the n-th call of one kind fail, as a disk, a mount or a signal may. Loaded before the C library (LD_PRELOAD).
   FAULT_CALL   open, read, write, rename, mkdir, rmdir, unlink, flock
   FAULT_UNDER  only calls about files below this folder count
   FAULT_AT     which call fails, from 1; 0 for none
   FAULT_FOR    how many calls fail from there on
   FAULT_ERROR  the error's number; 0 for a read or write that does half of what was asked
   FAULT_COUNT  a file that is told the number of calls at the end */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static int number(const char* name) { const char* text = getenv(name); return text ? atoi(text) : 0; }

static int below(const char* path)
{
    const char* under = getenv("FAULT_UNDER");
    return under && path && strncmp(path, under, strlen(under)) == 0;
}

/* 1 where this call is to fail; errno is set. */
static int fails(const char* kind, const char* path)
{
    const char* wanted = getenv("FAULT_CALL");
    if (!wanted || strcmp(kind, wanted) || !below(path))
        return 0;
    int call = __sync_add_and_fetch(&calls, 1), at = number("FAULT_AT"), more = number("FAULT_FOR");
    if (at == 0 || call < at || call >= at + (more ? more : 1))
        return 0;
    errno = number("FAULT_ERROR");
    return 1;
}

static int fails_at(const char* kind, int folder, const char* path)
{
    return (folder == AT_FDCWD || path[0] == '/') && fails(kind, path);
}

static int fd_fails(const char* kind, int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return fails(kind, path);
}

__attribute__((destructor)) static void tell(void)
{
    const char* to = getenv("FAULT_COUNT");
    char text[32];
    if (!to)
        return;
    int fd = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && syscall(SYS_write, fd, text, snprintf(text, sizeof text, "%d", calls)) < 0)
        errno = 0;
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))
#define HALF(count) (errno == 0 ? (count) / 2 : 0)

#define OPEN(name) int name(const char* path, int flags, ...) \
{ va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
  return fails("open", path) ? -1 : NEXT(int (*)(const char*, int, mode_t), #name)(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define OPENAT(name) int name(int folder, const char* path, int flags, ...) \
{ va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
  return fails_at("open", folder, path) ? -1 : NEXT(int (*)(int, const char*, int, mode_t), #name)(folder, path, flags, mode); }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name) FILE* name(const char* path, const char* mode) \
{ return fails("open", path) ? NULL : NEXT(FILE* (*)(const char*, const char*), #name)(path, mode); }
FOPEN(fopen)
FOPEN(fopen64)

#define TRANSFER(name, kind, pointer, parameters, call, short_call) ssize_t name parameters \
{ if (fd_fails(kind, fd)) return errno ? -1 : short_call; return call; }
TRANSFER(read, "read", void*, (int fd, void* to, size_t count), NEXT(ssize_t (*)(int, void*, size_t), "read")(fd, to, count),
    NEXT(ssize_t (*)(int, void*, size_t), "read")(fd, to, count / 2 + 1))
TRANSFER(pread, "read", void*, (int fd, void* to, size_t count, off_t at), NEXT(ssize_t (*)(int, void*, size_t, off_t), "pread")(fd, to, count, at),
    NEXT(ssize_t (*)(int, void*, size_t, off_t), "pread")(fd, to, count / 2 + 1, at))
TRANSFER(pread64, "read", void*, (int fd, void* to, size_t count, off64_t at), NEXT(ssize_t (*)(int, void*, size_t, off64_t), "pread64")(fd, to, count, at),
    NEXT(ssize_t (*)(int, void*, size_t, off64_t), "pread64")(fd, to, count / 2 + 1, at))
TRANSFER(write, "write", const void*, (int fd, const void* from, size_t count), NEXT(ssize_t (*)(int, const void*, size_t), "write")(fd, from, count),
    NEXT(ssize_t (*)(int, const void*, size_t), "write")(fd, from, count / 2 + 1))
TRANSFER(pwrite, "write", const void*, (int fd, const void* from, size_t count, off_t at), NEXT(ssize_t (*)(int, const void*, size_t, off_t), "pwrite")(fd, from, count, at),
    NEXT(ssize_t (*)(int, const void*, size_t, off_t), "pwrite")(fd, from, count / 2 + 1, at))
TRANSFER(pwrite64, "write", const void*, (int fd, const void* from, size_t count, off64_t at), NEXT(ssize_t (*)(int, const void*, size_t, off64_t), "pwrite64")(fd, from, count, at),
    NEXT(ssize_t (*)(int, const void*, size_t, off64_t), "pwrite64")(fd, from, count / 2 + 1, at))

size_t fread(void* to, size_t size, size_t count, FILE* file)
{
    return number("FAULT_ERROR") && fd_fails("read", fileno(file)) ? 0 : NEXT(size_t (*)(void*, size_t, size_t, FILE*), "fread")(to, size, count, file);
}

size_t fwrite(const void* from, size_t size, size_t count, FILE* file)
{
    return number("FAULT_ERROR") && fd_fails("write", fileno(file)) ? 0 : NEXT(size_t (*)(const void*, size_t, size_t, FILE*), "fwrite")(from, size, count, file);
}

int rename(const char* from, const char* to) { return fails("rename", to) ? -1 : NEXT(int (*)(const char*, const char*), "rename")(from, to); }
int mkdir(const char* path, mode_t mode) { return fails("mkdir", path) ? -1 : NEXT(int (*)(const char*, mode_t), "mkdir")(path, mode); }
int rmdir(const char* path) { return fails("rmdir", path) ? -1 : NEXT(int (*)(const char*), "rmdir")(path); }
int unlink(const char* path) { return fails("unlink", path) ? -1 : NEXT(int (*)(const char*), "unlink")(path); }
int flock(int fd, int how) { return fd_fails("flock", fd) ? -1 : NEXT(int (*)(int, int), "flock")(fd, how); }
