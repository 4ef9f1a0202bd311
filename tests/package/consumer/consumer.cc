// A program of someone who has only the installed package: C++.
#include <duly/diagnostic.h>

#include <iostream>

int main() { std::cout << duly::code_text(duly::Code::unknown_name) << '\n'; }
