/// C's `main` is given the arguments; Swift looks for them in /proc, and has none where that is missing.
_Noreturn void perf_record_main(int count, char **arguments);

int main(int count, char **arguments) { perf_record_main(count, arguments); }
