/* Where a program starts. Rust's standard library asks Windows for the arguments. */

#include "runtime.h"

int main(int count, char **arguments);
__declspec(dllimport) void ExitProcess(unsigned status);

void mainCRTStartup(void) {
    initialize();
    ExitProcess(main(0, 0));
}
