/* A program of someone who has only the installed package: C. */
#include <duly/c.h>
#include <stdio.h>

int main(void) {
  printf("duly %d\n", (int)duly_abi_version());
  return 0;
}
