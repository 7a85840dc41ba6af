typedef void initializer(void);

/* Calls what a program has before `main`. */
void initialize(void);
