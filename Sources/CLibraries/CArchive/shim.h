// libarchive: reading archives of any kind.
#pragma once
#include <archive.h>
#include <archive_entry.h>
