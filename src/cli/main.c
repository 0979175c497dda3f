#include <stdio.h>

int main(void)
{
    fputs("usage: hecto VERB [ARGS]\n", stderr);
    return 2;
}
