/* Reads cartcal's bundle.bin: lenses, poses and the scale of a cart.
 *
 * C11, no dependency but the C library and libm; fine in C++ and on Android. Nothing is allocated and
 * no thread is started: a bundle is a view of bytes that the caller keeps, as mmap gives them, and
 * every function may be called from any thread at once.
 *
 *     cartcal_bundle bundle;
 *     cartcal_status status = cartcal_open(&bundle, bytes, size);
 *     if (status != CARTCAL_OK) die(cartcal_status_text(status));
 *     cartcal_camera front;
 *     cartcal_find_camera(&bundle, "front", &front);
 *     double in_camera[3], pixel[2];
 *     cartcal_transform_inverse(&front.cart_from_camera, point, in_camera);
 *     if (cartcal_project(&front, in_camera, pixel)) ...
 *
 * The checksum tells damage, not forgery: bundles are verified by their signatures where they are
 * activated (cartcal bundle activate), or with `minisign -V` before they are opened here.
 *
 * Conventions: metres, radians, kilograms. A_from_B takes points of B to A. Camera axes: x right,
 * y down, z forward. Pixel (0, 0) is the centre of the top-left pixel. */
#ifndef CARTCAL_READER_H
#define CARTCAL_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CARTCAL_NAME_SIZE 72
#define CARTCAL_MAX_PARAMETERS 16
#define CARTCAL_MAX_CELLS 64

typedef enum {
  CARTCAL_OK = 0,
  CARTCAL_NOT_A_BUNDLE,    /* too short, or other first bytes */
  CARTCAL_UNKNOWN_VERSION, /* written by newer software: update this reader */
  CARTCAL_DAMAGED,         /* the checksum differs, or a size cannot be */
  CARTCAL_NOT_FOUND,       /* no camera of that name, or no scale */
  CARTCAL_IMPOSSIBLE       /* counts, temperature, tilt or gravity that cannot be */
} cartcal_status;

typedef enum {
  CARTCAL_NO_LENS = 0, /* the camera could not be solved */
  CARTCAL_PINHOLE = 1,
  CARTCAL_OPENCV4 = 2,
  CARTCAL_OPENCV5 = 3,
  CARTCAL_OPENCV8 = 4,
  CARTCAL_KANNALA_BRANDT4 = 5
} cartcal_lens_model;

typedef struct {
  double rotation[9]; /* row by row */
  double translation[3];
} cartcal_pose;

typedef struct {
  char name[CARTCAL_NAME_SIZE];
  cartcal_lens_model model;
  int32_t width, height; /* pixels */
  bool has_reference_pose, has_cart_pose;
  /* fx, fy, cx, cy, then the coefficients in OpenCV's order. */
  double parameters[CARTCAL_MAX_PARAMETERS];
  /* Beyond this radius (tan of the angle to the axis; fisheye: the angle) the lens sees nothing. */
  double limit;
  cartcal_pose reference_from_camera;
  cartcal_pose cart_from_camera;
} cartcal_camera;

typedef struct {
  const uint8_t *bytes;
  size_t size;
  char cart_serial[CARTCAL_NAME_SIZE];
  uint32_t revision;
  uint32_t camera_count;
  bool has_scale;
} cartcal_bundle;

typedef struct {
  uint32_t cell_count;
  double reference_temperature_c, zero_temperature_c, gravity_m_s2;
  double force_scatter, mass_scatter_kg;
  const uint8_t *cells;      /* by cell: x, y, gain, quadratic, span, zero drift, zero, its sigma */
  const uint8_t *covariance; /* of gain, x, y, quadratic, span of each cell */
} cartcal_scale;

typedef struct {
  double mass_kg;
  double x_m, y_m;      /* centre of pressure; not finite for an empty scale */
  double covariance[9]; /* of mass, x, y; row by row */
} cartcal_reading;

/* Checks `bytes`, which must stay as long as the bundle is used. */
cartcal_status cartcal_open(cartcal_bundle *bundle, const void *bytes, size_t size);
const char *cartcal_status_text(cartcal_status status);

/* The camera of an index below camera_count; they are in the order of their names. */
cartcal_status cartcal_get_camera(const cartcal_bundle *bundle, uint32_t index,
                                  cartcal_camera *camera);
cartcal_status cartcal_find_camera(const cartcal_bundle *bundle, const char *name,
                                   cartcal_camera *camera);

/* The pixel of a point in the camera's axes; false, and nothing written, where it is not seen. The
 * pixel may lie outside the picture. */
bool cartcal_project(const cartcal_camera *camera, const double point[3], double pixel[2]);
/* `count` points, x y z one after the other; pixels that are not seen become NaN. Gives how many are
 * seen. */
size_t cartcal_project_many(const cartcal_camera *camera, const double *points, size_t count,
                            double *pixels);
/* The unit direction seen at a pixel; false where there is none. */
bool cartcal_unproject(const cartcal_camera *camera, const double pixel[2], double direction[3]);

void cartcal_transform(const cartcal_pose *a_from_b, const double b[3], double a[3]);
void cartcal_transform_inverse(const cartcal_pose *a_from_b, const double a[3], double b[3]);

cartcal_status cartcal_get_scale(const cartcal_bundle *bundle, cartcal_scale *scale);

/* What lies on the scale: a count for each cell, filtered and settled; the temperature; how far the
 * scale leans about x and y since zero was taken, radians; gravity at the place of use, or 0 for that
 * of the calibration; counts of the empty scale with their standard uncertainties and temperature, or
 * NULL for those of the calibration. */
cartcal_status cartcal_weigh(const cartcal_scale *scale, const double *counts, double temperature_c,
                             const double tilt_rad[2], double gravity_m_s2,
                             const double *zero_counts, const double *zero_sigmas,
                             double zero_temperature_c, cartcal_reading *reading);

#ifdef __cplusplus
}
#endif
#endif
