// Video4Linux, by itself and through libv4l2. Requests and four-character codes are macros, and both
// ioctls are variadic: neither can be imported by Swift, so they have names and wrappers here.
#pragma once
#include <fcntl.h>
#include <libv4l2.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

static const unsigned long cartcal_VIDIOC_QUERYCAP = VIDIOC_QUERYCAP;
static const unsigned long cartcal_VIDIOC_ENUM_FMT = VIDIOC_ENUM_FMT;
static const unsigned long cartcal_VIDIOC_ENUM_FRAMESIZES = VIDIOC_ENUM_FRAMESIZES;
static const unsigned long cartcal_VIDIOC_ENUM_FRAMEINTERVALS = VIDIOC_ENUM_FRAMEINTERVALS;
static const unsigned long cartcal_VIDIOC_S_FMT = VIDIOC_S_FMT;
static const unsigned long cartcal_VIDIOC_G_PARM = VIDIOC_G_PARM;
static const unsigned long cartcal_VIDIOC_S_PARM = VIDIOC_S_PARM;
static const unsigned long cartcal_VIDIOC_REQBUFS = VIDIOC_REQBUFS;
static const unsigned long cartcal_VIDIOC_QUERYBUF = VIDIOC_QUERYBUF;
static const unsigned long cartcal_VIDIOC_QBUF = VIDIOC_QBUF;
static const unsigned long cartcal_VIDIOC_DQBUF = VIDIOC_DQBUF;
static const unsigned long cartcal_VIDIOC_STREAMON = VIDIOC_STREAMON;
static const unsigned long cartcal_VIDIOC_STREAMOFF = VIDIOC_STREAMOFF;
static const unsigned long cartcal_VIDIOC_QUERYCTRL = VIDIOC_QUERYCTRL;
static const unsigned long cartcal_VIDIOC_G_CTRL = VIDIOC_G_CTRL;
static const unsigned long cartcal_VIDIOC_S_CTRL = VIDIOC_S_CTRL;

// Identities of controls (linux/v4l2-controls.h).
static const unsigned cartcal_CID_EXPOSURE_AUTO = V4L2_CID_EXPOSURE_AUTO;
static const unsigned cartcal_CID_EXPOSURE_ABSOLUTE = V4L2_CID_EXPOSURE_ABSOLUTE;
static const unsigned cartcal_CID_AUTOGAIN = V4L2_CID_AUTOGAIN;
static const unsigned cartcal_CID_GAIN = V4L2_CID_GAIN;
static const unsigned cartcal_CID_FOCUS_AUTO = V4L2_CID_FOCUS_AUTO;
static const unsigned cartcal_CID_FOCUS_ABSOLUTE = V4L2_CID_FOCUS_ABSOLUTE;
static const unsigned cartcal_CID_AUTO_WHITE_BALANCE = V4L2_CID_AUTO_WHITE_BALANCE;
static const unsigned cartcal_CID_WHITE_BALANCE_TEMPERATURE = V4L2_CID_WHITE_BALANCE_TEMPERATURE;
static const unsigned cartcal_CID_POWER_LINE_FREQUENCY = V4L2_CID_POWER_LINE_FREQUENCY;
static const unsigned cartcal_CID_BRIGHTNESS = V4L2_CID_BRIGHTNESS;

/// ioctl(2) on the device itself.
static inline int cartcal_ioctl(int descriptor, unsigned long request, void *argument) {
  return ioctl(descriptor, request, argument);
}

/// The same through libv4l2 and its plug-ins.
static inline int cartcal_v4l2_ioctl(int descriptor, unsigned long request, void *argument) {
  return v4l2_ioctl(descriptor, request, argument);
}
