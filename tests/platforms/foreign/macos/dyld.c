/* Runs a macOS program on Linux, on a processor of the same kind: what macOS's dyld does, for a program that
   computes and prints. What the program calls is in `libsystem.c`.

     dyld PROGRAM ARGUMENTS…

   It reads chained fixups only, as linkers write them for macOS 13 and later. A panic cannot be caught: Linux's
   unwinder does not read this format. */

#define _GNU_SOURCE
#include "macos.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- The format -------------------------------------------------------------------------------------- */

struct header {
    uint32_t magic, processor, subtype, kind, commands, size, flags, reserved;
};

struct command {
    uint32_t kind, size;
};

struct segment {
    struct command command;
    char name[16];
    uint64_t address, length, offset, stored;
    uint32_t most, protection, sections, flags;
};

struct section {
    char name[16], segment[16];
    uint64_t address, length;
    uint32_t offset, alignment, relocations, relocation_count, flags, reserved[3];
};

struct linkedit {
    struct command command;
    uint32_t offset, length;
};

struct entry {
    struct command command;
    uint64_t offset, stack;
};

enum { MAGIC = 0xfeedfacf, EXECUTABLE = 2, SEGMENT = 0x19, ENTRY = 0x80000028, FIXUPS = 0x80000034 };
enum { INITIALIZERS = 0x9, THREAD_DATA = 0x11, THREAD_ZEROS = 0x12, INITIALIZER_OFFSETS = 0x16 };

#ifdef __x86_64__
enum { PROCESSOR = 0x1000007 };
#else
enum { PROCESSOR = 0x100000c };
#endif

struct fixups {
    uint32_t version, starts, imports, symbols, import_count, import_format, symbol_format;
};

struct starts {
    uint32_t size;
    uint16_t page_size, format;
    uint64_t offset;
    uint32_t highest;
    uint16_t pages, first[];
};

enum { IMPORT_WITHOUT_ADDEND = 1, POINTER_64 = 2, POINTER_64_OFFSET = 6, NO_FIXUP = 0xffff };

/* --- A program --------------------------------------------------------------------------------------- */

struct program {
    const char *file;
    char *slide; /* Where address 0 would be. */
    uint64_t image; /* Where the program's header wants to be. */
};

void fail(const char *what, const char *which) {
    fprintf(stderr, "dyld: %s %s\n", what, which);
    _exit(70);
}

static const struct header *header(const struct program *program) {
    return (const struct header *)program->file;
}

/* The first command of that kind behind another one, or NULL. */
static const void *next(const struct program *program, uint32_t kind, const void *behind) {
    const char *at = program->file + sizeof(struct header);
    bool is_behind = !behind;
    for (uint32_t i = 0; i < header(program)->commands; i++) {
        const struct command *command = (const struct command *)at;
        if (is_behind && command->kind == kind) return command;
        if (command == behind) is_behind = true;
        at += command->size;
    }
    return NULL;
}

#define EACH_SEGMENT(segment, program) \
    const struct segment *segment = next(program, SEGMENT, NULL); segment; segment = next(program, SEGMENT, segment)

static void each_section(const struct program *program, uint32_t kind, void (*act)(char *start, uint64_t length)) {
    for (EACH_SEGMENT(segment, program)) {
        const struct section *section = (const struct section *)(segment + 1);
        for (uint32_t i = 0; i < segment->sections; i++)
            if ((section[i].flags & 0xff) == kind) act(program->slide + section[i].address, section[i].length);
    }
}

static struct program map(const char *path) {
    int file = open(path, O_RDONLY);
    struct stat status;
    if (file < 0 || fstat(file, &status)) fail("cannot open", path);
    struct program program = {.file = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0)};
    if (program.file == MAP_FAILED) fail("cannot read", path);
    const struct header *of = header(&program);
    if (of->magic != MAGIC || of->processor != PROCESSOR || of->kind != EXECUTABLE) fail("this is no program:", path);

    uint64_t start = UINT64_MAX, end = 0;
    for (EACH_SEGMENT(segment, &program)) {
        if (!strcmp(segment->name, "__PAGEZERO")) continue;
        if (!strcmp(segment->name, "__TEXT")) program.image = segment->address;
        if (segment->address < start) start = segment->address;
        if (segment->address + segment->length > end) end = segment->address + segment->length;
    }
    int all = PROT_READ | PROT_WRITE | PROT_EXEC;
    char *memory = mmap(NULL, end - start, all, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) fail("there is no memory for", path);
    program.slide = memory - start;
    for (EACH_SEGMENT(segment, &program))
        memcpy(program.slide + segment->address, program.file + segment->offset, segment->stored);
    __builtin___clear_cache(memory, memory + (end - start));
    return program;
}

/* --- Pointers ---------------------------------------------------------------------------------------- */

/* A pointer in the file says what it points to, and how far away the next one is. */
static void fix_chain(const struct program *program, const struct fixups *fixups, uint16_t format, char *at) {
    const char *data = (const char *)fixups;
    const uint32_t *imports = (const uint32_t *)(data + fixups->imports);
    for (uint64_t distance = 1; distance; at += 4 * distance) {
        uint64_t value;
        memcpy(&value, at, sizeof value);
        distance = value >> 51 & 0xfff;
        uint64_t address;
        if (value >> 63) {
            const char *symbol = data + fixups->symbols + (imports[value & 0xffffff] >> 9);
            address = (uint64_t)libsystem(symbol) + (value >> 24 & 0xff);
        } else {
            uint64_t target = value & 0xfffffffff, high_byte = value >> 36 & 0xff;
            uint64_t from = format == POINTER_64_OFFSET ? program->image : 0;
            address = (uint64_t)program->slide + from + target + (high_byte << 56);
        }
        memcpy(at, &address, sizeof address);
    }
}

static void fix_pointers(const struct program *program) {
    const struct linkedit *command = next(program, FIXUPS, NULL);
    if (!command) fail("the program has no", "chained fixups");
    const struct fixups *fixups = (const struct fixups *)(program->file + command->offset);
    if (fixups->import_format != IMPORT_WITHOUT_ADDEND) fail("cannot read the", "imports");

    const uint32_t *segments = (const uint32_t *)((const char *)fixups + fixups->starts);
    for (uint32_t i = 0; i < segments[0]; i++) {
        if (!segments[1 + i]) continue;
        const struct starts *starts = (const struct starts *)((const char *)segments + segments[1 + i]);
        if (starts->format != POINTER_64 && starts->format != POINTER_64_OFFSET) fail("cannot read the", "pointers");
        char *page = program->slide + program->image + starts->offset;
        for (uint16_t j = 0; j < starts->pages; j++, page += starts->page_size)
            if (starts->first[j] != NO_FIXUP) fix_chain(program, fixups, starts->format, page + starts->first[j]);
    }
}

/* --- What runs --------------------------------------------------------------------------------------- */

typedef int start(int, char **, char **, char **);

static struct program running;
static int count;
static char **arguments;

static void run(const void *function) {
    ((start *)function)(count, arguments, environ, NULL);
}

static void initialize(char *first, uint64_t length) {
    for (uint64_t i = 0; i < length / sizeof(void *); i++) run(((void **)first)[i]);
}

static void initialize_offsets(char *first, uint64_t length) {
    for (uint64_t i = 0; i < length / sizeof(uint32_t); i++)
        run(running.slide + running.image + ((uint32_t *)first)[i]);
}

int main(int all, char **given) {
    if (all < 2) fail("usage:", "dyld PROGRAM ARGUMENTS…");
    count = all - 1;
    arguments = given + 1;
    running = map(arguments[0]);
    fix_pointers(&running);
    each_section(&running, THREAD_DATA, thread_data);
    each_section(&running, THREAD_ZEROS, thread_zeros);
    give_arguments(count, arguments);
    each_section(&running, INITIALIZERS, initialize);
    each_section(&running, INITIALIZER_OFFSETS, initialize_offsets);

    const struct entry *entry = next(&running, ENTRY, NULL);
    if (!entry) fail("there is no entry in", arguments[0]);
    start *program = (start *)(running.slide + running.image + entry->offset);
    exit(program(count, arguments, environ, NULL));
}
