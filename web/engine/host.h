/* host.h - what any part of the engine may tell the page while it works. */
#ifndef HM_ENGINE_HOST_H
#define HM_ENGINE_HOST_H

/** So much of the work is done, 0 .. 1. */
__attribute__((import_module("env"), import_name("host_progress"))) void host_progress(double frac);

#endif
