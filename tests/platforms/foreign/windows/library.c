/* Where a library starts. */

#include "runtime.h"

enum { IS_LOADED = 1 };

int _DllMainCRTStartup(void *library, unsigned what, void *reserved) {
    (void)library, (void)reserved;
    if (what == IS_LOADED) initialize();
    return 1;
}
