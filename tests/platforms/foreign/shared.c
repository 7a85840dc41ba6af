/* A program in C that loads the Rust library while it runs. */

#include <dlfcn.h>
#include <stdio.h>

int main(int count, char **arguments) {
    void *library = count == 2 ? dlopen(arguments[1], RTLD_NOW) : NULL;
    void (*report)(void) = library ? (void (*)(void))dlsym(library, "plugin_platforms_report") : NULL;
    if (!report) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    report();
    return 0;
}
