void print_shapes(void);

int main(void) {
    print_shapes();
    return 0;
}
