/// C's `main` is given the arguments; Swift looks for them in /proc, and has none where that is missing.
int perf_bisect_main(int count, char **arguments);

int main(int count, char **arguments) { return perf_bisect_main(count, arguments); }
