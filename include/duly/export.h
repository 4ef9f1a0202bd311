#pragma once

// What the shared library shows: `DULY_API` stands before every function and class of a public header, all else is hidden.
//
// Threads: nothing here runs.

#if defined(__GNUC__)
#define DULY_API __attribute__((visibility("default")))
#else
#define DULY_API
#endif
