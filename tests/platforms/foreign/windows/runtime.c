/* What a program or a library for Windows (MSVC) has of the C runtime beside Wine's own libraries: initializers,
   and thread-local variables. The linker sorts what is in a section by what is behind the `$` of its name. */

#include "runtime.h"

#define IN(section_name) __attribute__((section(section_name), used))

/* Code with floating-point numbers asks for it. */
int _fltused;

IN(".CRT$XCA") static initializer *const before = 0;
IN(".CRT$XCZ") static initializer *const behind = 0;

void initialize(void) {
    for (initializer *const volatile *each = &before + 1; each < &behind; each++)
        if (*each) (*each)();
}

IN(".tls") char _tls_start = 0;
IN(".tls$ZZZ") char _tls_end = 0;
IN(".CRT$XLA") static void *const before_callbacks = 0;
IN(".CRT$XLZ") static void *const behind_callbacks = 0;
unsigned _tls_index;

/* The header of the file names it, and so Windows knows how large a thread's variables are. */
IN(".rdata$T") const struct {
    const char *start, *end;
    unsigned *index;
    void *const *callbacks;
    unsigned zeros, flags;
} _tls_used = {&_tls_start, &_tls_end, &_tls_index, &before_callbacks + 1, 0, 0};

/* `ucrtbase` has it under this name. */
int _crt_atexit(void (*call)(void));
int atexit(void (*call)(void)) { return _crt_atexit(call); }

/* Panics are exceptions of C++, whose types have this table. Nobody reads it. */
void *const no_table = 0;
__asm__(".section .drectve, \"yn\"\n.ascii \" -alternatename:??_7type_info@@6B@=no_table\"\n.text");
