// libsodium: SHA-256, BLAKE2b, scrypt and Ed25519.
#pragma once
#include <sodium.h>
