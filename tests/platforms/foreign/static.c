/* A program in C that the Rust library is part of. */

void plugin_platforms_report(void);

int main(void) {
    plugin_platforms_report();
    return 0;
}
