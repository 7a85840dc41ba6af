/* As much of macOS's libSystem as Rust's standard library calls in a program that computes and prints. Calls
   are the same on both systems, but for variadic functions on Arm; and where a structure, a flag, or a number
   differs, there is a function here. */

#define _GNU_SOURCE
#include "macos.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* --- Arguments --------------------------------------------------------------------------------------- */

static int count;
static char **arguments;

void give_arguments(int given_count, char **given) {
    count = given_count;
    arguments = given;
}

static int *argument_count(void) { return &count; }
static char ***argument_list(void) { return &arguments; }
static char ***environment(void) { return &environ; }

/* --- Thread-local variables -------------------------------------------------------------------------- */

static char *template;
static size_t template_length, block_length;
static pthread_key_t block_key;

void thread_data(char *start, uint64_t length) {
    if (!template) template = start;
    template_length = start + length - template;
    block_length = template_length;
}

void thread_zeros(char *start, uint64_t length) {
    if (!template) template = start;
    block_length = start + length - template;
}

struct variable {
    void *get;
    uintptr_t key, offset;
};

static void make_block_key(void) { pthread_key_create(&block_key, NULL); }

__attribute__((used)) static void *variable_address(const struct variable *variable) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_block_key);
    char *block = pthread_getspecific(block_key);
    if (!block) {
        block = aligned_alloc(64, (block_length + 63) / 64 * 64);
        memset(block, 0, block_length);
        memcpy(block, template, template_length);
        pthread_setspecific(block_key, block);
    }
    return block + variable->offset;
}

/* Whoever asks for a variable expects the registers as they were, but for the one with the address. */
void variable_get(void);
#ifdef __x86_64__
asm(R"(
variable_get:
    push %rbp
    mov %rsp, %rbp
    .irp register, rcx, rdx, rsi, rdi, r8, r9, r10, r11
        push %\register
    .endr
    sub $512, %rsp
    fxsave64 (%rsp)
    call variable_address
    fxrstor64 (%rsp)
    add $512, %rsp
    .irp register, r11, r10, r9, r8, rdi, rsi, rdx, rcx
        pop %\register
    .endr
    pop %rbp
    ret
)");
#else
asm(R"(
variable_get:
    stp x29, x30, [sp, #-16]!
    mov x29, sp
    .irp pair, "x1, x2", "x3, x4", "x5, x6", "x7, x8", "x9, x10", "x11, x12", "x13, x14", "x15, x16"
        stp \pair, [sp, #-16]!
    .endr
    .irp pair, "q0, q1", "q2, q3", "q4, q5", "q6, q7", "q16, q17", "q18, q19", "q20, q21", "q22, q23"
        stp \pair, [sp, #-32]!
    .endr
    .irp pair, "q24, q25", "q26, q27", "q28, q29", "q30, q31"
        stp \pair, [sp, #-32]!
    .endr
    bl variable_address
    .irp pair, "q30, q31", "q28, q29", "q26, q27", "q24, q25"
        ldp \pair, [sp], #32
    .endr
    .irp pair, "q22, q23", "q20, q21", "q18, q19", "q16, q17", "q6, q7", "q4, q5", "q2, q3", "q0, q1"
        ldp \pair, [sp], #32
    .endr
    .irp pair, "x15, x16", "x13, x14", "x11, x12", "x9, x10", "x7, x8", "x5, x6", "x3, x4", "x1, x2"
        ldp \pair, [sp], #16
    .endr
    ldp x29, x30, [sp], #16
    ret
)");
#endif

extern int __cxa_thread_atexit_impl(void (*)(void *), void *, void *);
static void at_thread_exit(void (*destructor)(void *), void *object) {
    __cxa_thread_atexit_impl(destructor, object, NULL);
}

/* --- Threads ----------------------------------------------------------------------------------------- */

static int thread_id(pthread_t thread, uint64_t *id) {
    *id = thread ? (uint64_t)thread : (uint64_t)gettid();
    return 0;
}

static void stack(pthread_t thread, void **start, size_t *length) {
    pthread_attr_t attributes;
    pthread_getattr_np(thread, &attributes);
    pthread_attr_getstack(&attributes, start, length);
    pthread_attr_destroy(&attributes);
}

static void *stack_end(pthread_t thread) {
    void *start;
    size_t length;
    stack(thread, &start, &length);
    return (char *)start + length;
}

static size_t stack_length(pthread_t thread) {
    void *start;
    size_t length;
    stack(thread, &start, &length);
    return length;
}

static int mutex_kind(pthread_mutexattr_t *attributes, int kind) {
    static const int kinds[] = {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_ERRORCHECK, PTHREAD_MUTEX_RECURSIVE};
    return pthread_mutexattr_settype(attributes, kinds[kind]);
}

static sem_t *semaphore(long value) {
    sem_t *made = malloc(sizeof *made);
    sem_init(made, 0, value);
    return made;
}

enum { FOREVER = -1 };
static long semaphore_wait(sem_t *semaphore, int64_t until) {
    struct timespec time = {until / 1000000000, until % 1000000000};
    while (until == FOREVER ? sem_wait(semaphore) : sem_clockwait(semaphore, CLOCK_MONOTONIC, &time))
        if (errno == ETIMEDOUT) return 1;
    return 0;
}

static long semaphore_signal(sem_t *semaphore) { return sem_post(semaphore); }

/* --- The system -------------------------------------------------------------------------------------- */

static int nothing(void) { return 0; }

static int random_bytes(void *bytes, size_t length) {
    return getrandom(bytes, length, 0) == (ssize_t)length ? 0 : -1;
}

struct action {
    void *handler;
    uint32_t mask, flags;
};

static int signal_action(int number, const struct action *new, struct action *old) {
    (void)number, (void)new;
    if (old) *old = (struct action){0};
    return 0;
}

struct alternative {
    void *start;
    size_t length;
    int flags;
};

static int signal_stack(const struct alternative *new, struct alternative *old) {
    enum { DISABLED = 4 };
    (void)new;
    if (old) *old = (struct alternative){.flags = DISABLED};
    return 0;
}

static void *map(void *start, size_t length, int protection, int flags, int file, off_t offset) {
    enum { SAME = 0x1f, ANONYMOUS = 0x1000 };
    return mmap(start, length, protection, (flags & SAME) | (flags & ANONYMOUS ? MAP_ANONYMOUS : 0), file, offset);
}

static long configuration(int name) {
    enum { PAGE_SIZE = 29, PROCESSORS = 57, PROCESSORS_ONLINE };
    switch (name) {
    case PAGE_SIZE: return sysconf(_SC_PAGESIZE);
    case PROCESSORS:
    case PROCESSORS_ONLINE: return sysconf(_SC_NPROCESSORS_ONLN);
    default: errno = EINVAL; return -1;
    }
}

static int clock_time(int clock, struct timespec *time) {
    return clock_gettime(clock ? CLOCK_MONOTONIC : CLOCK_REALTIME, time);
}

static uint64_t nanoseconds(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static int nanoseconds_are_ticks(uint32_t *fraction) {
    fraction[0] = fraction[1] = 1;
    return 0;
}

static int64_t after(uint64_t start, int64_t delay) { return (start ? start : nanoseconds()) + delay; }

/* --- By name ----------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void *function;
} own[] = {
    {"CCRandomGenerateBytes", random_bytes},
    {"_NSGetArgc", argument_count},
    {"_NSGetArgv", argument_list},
    {"_NSGetEnviron", environment},
    {"__bzero", bzero},
    {"__error", __errno_location},
    {"_dyld_image_count", nothing},
    {"_tlv_atexit", at_thread_exit},
    {"_tlv_bootstrap", variable_get},
    {"clock_gettime", clock_time},
    {"dispatch_release", free},
    {"dispatch_semaphore_create", semaphore},
    {"dispatch_semaphore_signal", semaphore_signal},
    {"dispatch_semaphore_wait", semaphore_wait},
    {"dispatch_time", after},
    {"dlsym", nothing},
    {"getentropy", random_bytes},
    {"mach_absolute_time", nanoseconds},
    {"mach_timebase_info", nanoseconds_are_ticks},
    {"mmap", map},
    {"pthread_get_stackaddr_np", stack_end},
    {"pthread_get_stacksize_np", stack_length},
    {"pthread_mutexattr_settype", mutex_kind},
    {"pthread_setname_np", nothing},
    {"pthread_threadid_np", thread_id},
    {"sigaction", signal_action},
    {"sigaltstack", signal_stack},
    {"signal", nothing},
    {"sysconf", configuration},
    {"sysctlbyname", nothing},
};

static const char *const same[] = {
    "_exit", "abort", "bcmp", "calloc", "exit", "fcntl", "free", "getcwd", "getenv", "getpid", "malloc", "memchr",
    "memcmp", "memcpy", "memmove", "memset", "mprotect", "munmap", "nanosleep", "posix_memalign",
    "pthread_attr_destroy", "pthread_attr_init", "pthread_attr_setstacksize", "pthread_cond_broadcast",
    "pthread_cond_destroy", "pthread_cond_init", "pthread_cond_signal", "pthread_cond_wait", "pthread_create",
    "pthread_detach", "pthread_getspecific", "pthread_join", "pthread_key_create", "pthread_key_delete",
    "pthread_mutex_destroy", "pthread_mutex_init", "pthread_mutex_lock", "pthread_mutex_trylock",
    "pthread_mutex_unlock", "pthread_mutexattr_destroy", "pthread_mutexattr_init", "pthread_self",
    "pthread_setspecific", "read", "realloc", "sched_yield", "strlen", "strnlen", "write", "writev",
};

/* Each symbol that is not there has an address at which nothing is, so that the fault tells its name. */
enum { MISSING = 1024, APART = 16 };
static const char *missing[MISSING];
static char *nowhere;

static void on_fault(int number, siginfo_t *fault, void *context) {
    (void)number, (void)context;
    size_t index = ((char *)fault->si_addr - nowhere) / APART;
    if ((char *)fault->si_addr >= nowhere && index < MISSING && missing[index])
        fail("the program needs", missing[index]);
    fail("the program has crashed:", strsignal(number));
}

static void *missing_symbol(const char *symbol) {
    if (!nowhere) {
        nowhere = mmap(NULL, MISSING * APART, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
        sigaction(SIGSEGV, &action, NULL);
    }
    size_t index = 0;
    while (index < MISSING && missing[index] && strcmp(missing[index], symbol)) index++;
    if (index == MISSING) fail("too many symbols are missing:", symbol);
    missing[index] = symbol;
    return nowhere + index * APART;
}

void *libsystem(const char *symbol) {
    char name[256] = "";
    /* C's names begin with `_`; behind a `$` is which of several functions of one name it is. */
    const char *start = symbol + (*symbol == '_');
    size_t length = strcspn(start, "$");
    if (length >= sizeof name) return missing_symbol(symbol);
    memcpy(name, start, length);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!strcmp(name, own[i].name)) return own[i].function;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!strcmp(name, same[i])) return dlsym(RTLD_DEFAULT, name);
    return missing_symbol(symbol);
}
