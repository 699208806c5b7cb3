// CBLAS from OpenBLAS, the serial build: this project's own threads stand above it.
#pragma once
#include <cblas.h>
