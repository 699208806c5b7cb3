// libpng, simplified API (png_image_*): the classic API reports errors by setjmp, which Swift
// cannot import.
#pragma once
#include <png.h>
