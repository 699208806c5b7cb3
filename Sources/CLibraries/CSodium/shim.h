// libsodium: SHA-256 now, Ed25519 signatures with the signed bundles.
#pragma once
#include <sodium.h>
