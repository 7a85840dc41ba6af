/* What `dyld.c` and `libsystem.c` have of each other. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

_Noreturn void fail(const char *what, const char *which);

/* The function of that name. What is not there says so when it is called. */
void *libsystem(const char *symbol);

void give_arguments(int count, char **arguments);

/* Thread-local variables: what they are at first, and, behind that, how many zeros. */
void thread_data(char *start, uint64_t length);
void thread_zeros(char *start, uint64_t length);
