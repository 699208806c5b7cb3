// TurboJPEG: JPEG decoding, straight to the grey plane.
#pragma once
#include <turbojpeg.h>
