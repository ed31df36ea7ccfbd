/* Lets the n-th call of one kind fail, as a disk, a mount or a signal may. Loaded before the C library (LD_PRELOAD).
   FAULT_CALL   open, read, write, seek, list, truncate, sync, rename, mkdir, rmdir, unlink, flock
   FAULT_UNDER  only calls about files below this folder count
   FAULT_AT     which call fails, from 1; 0 for none
   FAULT_FOR    how many calls fail from there on
   FAULT_ERROR  the error's number; 0 for a read or write that does half of what was asked
   FAULT_COUNT  a file that is told the calls of each kind at the end, "open 12" a line */
#define _GNU_SOURCE
#include <dirent.h>
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

enum { OPEN_CALL, READ_CALL, WRITE_CALL, SEEK_CALL, LIST_CALL, TRUNCATE_CALL, SYNC_CALL, RENAME_CALL, MKDIR_CALL, RMDIR_CALL,
    UNLINK_CALL, FLOCK_CALL, KINDS };
static const char* const names[KINDS] = {
    "open", "read", "write", "seek", "list", "truncate", "sync", "rename", "mkdir", "rmdir", "unlink", "flock" };
static int calls[KINDS];

static int number(const char* name) { const char* text = getenv(name); return text ? atoi(text) : 0; }

static int below(const char* path)
{
    const char* under = getenv("FAULT_UNDER");
    return under && path && strncmp(path, under, strlen(under)) == 0;
}

/* 1 where this call is to fail; errno is set. */
static int fails(int kind, const char* path)
{
    const char* wanted = getenv("FAULT_CALL");
    if (!below(path))
        return 0;
    int call = __sync_add_and_fetch(&calls[kind], 1), at = number("FAULT_AT"), more = number("FAULT_FOR");
    if (!wanted || strcmp(names[kind], wanted) || at == 0 || call < at || call >= at + (more ? more : 1))
        return 0;
    errno = number("FAULT_ERROR");
    return 1;
}

static int fails_at(int kind, int folder, const char* path)
{
    return (folder == AT_FDCWD || path[0] == '/') && fails(kind, path);
}

static int fd_fails(int kind, int fd)
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
    char text[32 * KINDS];
    int length = 0;
    if (!to)
        return;
    for (int kind = 0; kind < KINDS; kind++)
        length += snprintf(text + length, sizeof text - length, "%s %d\n", names[kind], calls[kind]);
    int fd = syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0 && syscall(SYS_write, fd, text, length) < 0)
        errno = 0;
}

/* A stream whose transfer failed remembers it (glibc's _IO_ERR_SEEN). */
static int stream_fails(int kind, FILE* file)
{
    if (!number("FAULT_ERROR") && getenv("FAULT_CALL"))
        return 0;
    if (!fd_fails(kind, fileno(file)))
        return 0;
    file->_flags |= 0x20;
    return 1;
}

#define NEXT(type, name) ((type)dlsym(RTLD_NEXT, name))

#define OPEN(name) int name(const char* path, int flags, ...) \
{ va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
  return fails(OPEN_CALL, path) ? -1 : NEXT(int (*)(const char*, int, mode_t), #name)(path, flags, mode); }
OPEN(open)
OPEN(open64)

#define OPENAT(name) int name(int folder, const char* path, int flags, ...) \
{ va_list list; va_start(list, flags); mode_t mode = va_arg(list, mode_t); va_end(list); \
  return fails_at(OPEN_CALL, folder, path) ? -1 : NEXT(int (*)(int, const char*, int, mode_t), #name)(folder, path, flags, mode); }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name) FILE* name(const char* path, const char* mode) \
{ return fails(OPEN_CALL, path) ? NULL : NEXT(FILE* (*)(const char*, const char*), #name)(path, mode); }
FOPEN(fopen)
FOPEN(fopen64)

#define TRANSFER(name, kind, parameters, call, short_call) ssize_t name parameters \
{ if (fd_fails(kind, fd)) return errno ? -1 : short_call; return call; }
TRANSFER(read, READ_CALL, (int fd, void* to, size_t count), NEXT(ssize_t (*)(int, void*, size_t), "read")(fd, to, count),
    NEXT(ssize_t (*)(int, void*, size_t), "read")(fd, to, count / 2 + 1))
TRANSFER(pread, READ_CALL, (int fd, void* to, size_t count, off_t at), NEXT(ssize_t (*)(int, void*, size_t, off_t), "pread")(fd, to, count, at),
    NEXT(ssize_t (*)(int, void*, size_t, off_t), "pread")(fd, to, count / 2 + 1, at))
TRANSFER(pread64, READ_CALL, (int fd, void* to, size_t count, off64_t at), NEXT(ssize_t (*)(int, void*, size_t, off64_t), "pread64")(fd, to, count, at),
    NEXT(ssize_t (*)(int, void*, size_t, off64_t), "pread64")(fd, to, count / 2 + 1, at))
TRANSFER(write, WRITE_CALL, (int fd, const void* from, size_t count), NEXT(ssize_t (*)(int, const void*, size_t), "write")(fd, from, count),
    NEXT(ssize_t (*)(int, const void*, size_t), "write")(fd, from, count / 2 + 1))
TRANSFER(pwrite, WRITE_CALL, (int fd, const void* from, size_t count, off_t at), NEXT(ssize_t (*)(int, const void*, size_t, off_t), "pwrite")(fd, from, count, at),
    NEXT(ssize_t (*)(int, const void*, size_t, off_t), "pwrite")(fd, from, count / 2 + 1, at))
TRANSFER(pwrite64, WRITE_CALL, (int fd, const void* from, size_t count, off64_t at), NEXT(ssize_t (*)(int, const void*, size_t, off64_t), "pwrite64")(fd, from, count, at),
    NEXT(ssize_t (*)(int, const void*, size_t, off64_t), "pwrite64")(fd, from, count / 2 + 1, at))

size_t fread(void* to, size_t size, size_t count, FILE* file)
{
    return stream_fails(READ_CALL, file) ? 0 : NEXT(size_t (*)(void*, size_t, size_t, FILE*), "fread")(to, size, count, file);
}

size_t fwrite(const void* from, size_t size, size_t count, FILE* file)
{
    return stream_fails(WRITE_CALL, file) ? 0 : NEXT(size_t (*)(const void*, size_t, size_t, FILE*), "fwrite")(from, size, count, file);
}

/* Asking where a descriptor stands moves nothing and does not fail. */
#define SEEK(name, type) type name(int fd, type to, int from) \
{ return (to || from != SEEK_CUR) && fd_fails(SEEK_CALL, fd) ? -1 : NEXT(type (*)(int, type, int), #name)(fd, to, from); }
SEEK(lseek, off_t)
SEEK(lseek64, off64_t)

#define FSEEK(name, type) int name(FILE* file, type to, int from) \
{ return stream_fails(SEEK_CALL, file) ? -1 : NEXT(int (*)(FILE*, type, int), #name)(file, to, from); }
FSEEK(fseek, long)
FSEEK(fseeko, off_t)
FSEEK(fseeko64, off64_t)

#define TRUNCATE(name, type) int name(int fd, type size) \
{ return fd_fails(TRUNCATE_CALL, fd) ? -1 : NEXT(int (*)(int, type), #name)(fd, size); }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

DIR* opendir(const char* path) { return fails(LIST_CALL, path) ? NULL : NEXT(DIR* (*)(const char*), "opendir")(path); }
int fsync(int fd) { return fd_fails(SYNC_CALL, fd) ? -1 : NEXT(int (*)(int), "fsync")(fd); }
int fdatasync(int fd) { return fd_fails(SYNC_CALL, fd) ? -1 : NEXT(int (*)(int), "fdatasync")(fd); }
int rename(const char* from, const char* to) { return fails(RENAME_CALL, to) ? -1 : NEXT(int (*)(const char*, const char*), "rename")(from, to); }
int mkdir(const char* path, mode_t mode) { return fails(MKDIR_CALL, path) ? -1 : NEXT(int (*)(const char*, mode_t), "mkdir")(path, mode); }
int rmdir(const char* path) { return fails(RMDIR_CALL, path) ? -1 : NEXT(int (*)(const char*), "rmdir")(path); }
int unlink(const char* path) { return fails(UNLINK_CALL, path) ? -1 : NEXT(int (*)(const char*), "unlink")(path); }
int flock(int fd, int how) { return fd_fails(FLOCK_CALL, fd) ? -1 : NEXT(int (*)(int, int), "flock")(fd, how); }
