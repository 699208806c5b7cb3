// libudev: what devices there are, and what comes and goes.
#pragma once
#include <libudev.h>
