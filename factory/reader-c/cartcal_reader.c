#include "cartcal_reader.h"

#include <math.h>
#include <string.h>

/* The layout of bundle.bin, version 1. All numbers are little-endian; reals are IEEE 754 doubles.
 *
 *   0   8 bytes   "CARTCALB"
 *   8   u32       version, 1
 *   12  u32       cameras
 *   16  u64       size of the whole file
 *   24  u64       checksum: CRC-64/XZ of all bytes from 32 on
 *   32  72 bytes  cart serial, zeros behind it
 *   104 u32       revision
 *   108 u32       load cells; 0 without a scale
 *   112           cameras, CAMERA_SIZE each
 *   ...           the scale: 5 reals, CELL_REALS reals for each cell, then the covariance of
 *                 5 parameters for each cell, row by row
 *
 * A camera: name (72 bytes), u32 model, u32 width, u32 height, u32 flags (1: reference pose, 2: cart
 * pose), 16 reals parameters, limit, then twice 12 reals: rotation by rows, translation. */
enum {
  HEADER_SIZE = 112,
  CAMERA_REALS = CARTCAL_MAX_PARAMETERS + 1 + 24,
  CAMERA_SIZE = CARTCAL_NAME_SIZE + 16 + 8 * CAMERA_REALS,
  SCALE_REALS = 5,
  CELL_REALS = 8,
  CELL_PARAMETERS = 5,
  MAX_CAMERAS = 1000
};

static uint32_t u32(const uint8_t *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint64_t u64(const uint8_t *p) { return (uint64_t)u32(p) | (uint64_t)u32(p + 4) << 32; }

static double real(const uint8_t *p) {
  const uint64_t bits = u64(p);
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* CRC-64/XZ (ECMA-182, reflected), four bits at a time: the table is small, and a bundle too. */
static uint64_t checksum(const uint8_t *bytes, size_t size) {
  uint64_t table[16];
  for (uint64_t i = 0; i < 16; i++) {
    uint64_t value = i;
    for (int bit = 0; bit < 4; bit++) {
      value = value & 1 ? value >> 1 ^ UINT64_C(0xC96C5795D7870F42) : value >> 1;
    }
    table[i] = value;
  }
  uint64_t crc = ~UINT64_C(0);
  for (size_t i = 0; i < size; i++) {
    crc ^= bytes[i];
    crc = crc >> 4 ^ table[crc & 15];
    crc = crc >> 4 ^ table[crc & 15];
  }
  return ~crc;
}

static bool copy_name(char *name, const uint8_t *bytes) {
  memcpy(name, bytes, CARTCAL_NAME_SIZE);
  return memchr(name, 0, CARTCAL_NAME_SIZE) != NULL;
}

const char *cartcal_status_text(cartcal_status status) {
  switch (status) {
    case CARTCAL_OK: return "good";
    case CARTCAL_NOT_A_BUNDLE: return "this is no bundle.bin: name another file";
    case CARTCAL_UNKNOWN_VERSION: return "the bundle is of a newer version: update this reader";
    case CARTCAL_DAMAGED: return "the bundle is damaged: copy it again, or run cartcal bundle verify";
    case CARTCAL_NOT_FOUND: return "the bundle does not hold that";
    case CARTCAL_IMPOSSIBLE: return "a count, temperature, tilt or gravity is not possible";
  }
  return "unknown status";
}

static size_t scale_size(uint32_t cells) {
  const size_t side = (size_t)cells * CELL_PARAMETERS;
  return cells == 0 ? 0 : 8 * (SCALE_REALS + (size_t)cells * CELL_REALS + side * side);
}

cartcal_status cartcal_open(cartcal_bundle *bundle, const void *bytes, size_t size) {
  const uint8_t *p = bytes;
  memset(bundle, 0, sizeof *bundle);
  if (p == NULL || size < HEADER_SIZE || memcmp(p, "CARTCALB", 8) != 0) return CARTCAL_NOT_A_BUNDLE;
  if (u32(p + 8) != 1) return CARTCAL_UNKNOWN_VERSION;
  const uint32_t cameras = u32(p + 12), cells = u32(p + 108);
  if (u64(p + 16) != size || cameras > MAX_CAMERAS || cells > CARTCAL_MAX_CELLS ||
      size != HEADER_SIZE + (size_t)cameras * CAMERA_SIZE + scale_size(cells) ||
      checksum(p + 32, size - 32) != u64(p + 24) || !copy_name(bundle->cart_serial, p + 32)) {
    return CARTCAL_DAMAGED;
  }
  bundle->bytes = p;
  bundle->size = size;
  bundle->revision = u32(p + 104);
  bundle->camera_count = cameras;
  bundle->has_scale = cells > 0;
  return CARTCAL_OK;
}

static void read_pose(cartcal_pose *pose, const uint8_t *p) {
  for (int i = 0; i < 9; i++) pose->rotation[i] = real(p + 8 * i);
  for (int i = 0; i < 3; i++) pose->translation[i] = real(p + 72 + 8 * i);
}

cartcal_status cartcal_get_camera(const cartcal_bundle *bundle, uint32_t index,
                                  cartcal_camera *camera) {
  memset(camera, 0, sizeof *camera);
  if (index >= bundle->camera_count) return CARTCAL_NOT_FOUND;
  const uint8_t *p = bundle->bytes + HEADER_SIZE + (size_t)index * CAMERA_SIZE;
  const uint32_t model = u32(p + CARTCAL_NAME_SIZE);
  if (!copy_name(camera->name, p)) return CARTCAL_DAMAGED;
  if (model > CARTCAL_KANNALA_BRANDT4) return CARTCAL_UNKNOWN_VERSION;
  camera->model = (cartcal_lens_model)model;
  camera->width = (int32_t)u32(p + CARTCAL_NAME_SIZE + 4);
  camera->height = (int32_t)u32(p + CARTCAL_NAME_SIZE + 8);
  const uint32_t flags = u32(p + CARTCAL_NAME_SIZE + 12);
  camera->has_reference_pose = flags & 1;
  camera->has_cart_pose = (flags & 2) != 0;
  p += CARTCAL_NAME_SIZE + 16;
  for (int i = 0; i < CARTCAL_MAX_PARAMETERS; i++) camera->parameters[i] = real(p + 8 * i);
  p += 8 * CARTCAL_MAX_PARAMETERS;
  camera->limit = real(p);
  read_pose(&camera->reference_from_camera, p + 8);
  read_pose(&camera->cart_from_camera, p + 8 + 96);
  return CARTCAL_OK;
}

cartcal_status cartcal_find_camera(const cartcal_bundle *bundle, const char *name,
                                   cartcal_camera *camera) {
  for (uint32_t index = 0; index < bundle->camera_count; index++) {
    const uint8_t *p = bundle->bytes + HEADER_SIZE + (size_t)index * CAMERA_SIZE;
    if (strncmp((const char *)p, name, CARTCAL_NAME_SIZE) == 0) {
      return cartcal_get_camera(bundle, index, camera);
    }
  }
  memset(camera, 0, sizeof *camera);
  return CARTCAL_NOT_FOUND;
}

/* Brown and Conrady in OpenCV's form: k1 k2 p1 p2 k3 k4 k5 k6, those a model lacks zero. The pinhole
 * is its member without any. Sources of the formulas stand in cartcal's LensModels. */
typedef struct {
  double factor, slope, denominator;
} radial_factor;

static radial_factor radial(const double *k, double s) {
  radial_factor f;
  f.denominator = 1 + s * (k[5] + s * (k[6] + s * k[7]));
  f.factor = (1 + s * (k[0] + s * (k[1] + s * k[4]))) / f.denominator;
  f.slope = (k[0] + s * (2 * k[1] + 3 * s * k[4]) -
             f.factor * (k[5] + s * (2 * k[6] + 3 * s * k[7]))) / f.denominator;
  return f;
}

static bool project_perspective(const cartcal_camera *camera, const double *point, double *pixel) {
  const double *p = camera->parameters, *k = p + 4;
  if (!(point[2] > 0)) return false;
  const double a = point[0] / point[2], b = point[1] / point[2], s = a * a + b * b;
  if (!(s < camera->limit * camera->limit)) return false;
  double g = 1 + s * (k[0] + s * (k[1] + s * k[4]));
  if (camera->model == CARTCAL_OPENCV8) g /= 1 + s * (k[5] + s * (k[6] + s * k[7]));
  pixel[0] = p[0] * (a * g + 2 * k[2] * a * b + k[3] * (s + 2 * a * a)) + p[2];
  pixel[1] = p[1] * (b * g + k[2] * (s + 2 * b * b) + 2 * k[3] * a * b) + p[3];
  return true;
}

static double fisheye(const double *k, double t) {
  const double q = t * t;
  return t * (1 + q * (k[0] + q * (k[1] + q * (k[2] + q * k[3]))));
}

static double fisheye_slope(const double *k, double t) {
  const double q = t * t;
  return 1 + q * (3 * k[0] + q * (5 * k[1] + q * (7 * k[2] + q * 9 * k[3])));
}

static bool project_fisheye(const cartcal_camera *camera, const double *point, double *pixel) {
  const double *p = camera->parameters;
  const double r = sqrt(point[0] * point[0] + point[1] * point[1]);
  if (!(r > 0)) {
    if (!(point[2] > 0)) return false;
    pixel[0] = p[2];
    pixel[1] = p[3];
    return true;
  }
  const double angle = atan2(r, point[2]);
  if (!(angle < camera->limit)) return false;
  const double scale = fisheye(p + 4, angle) / r;
  pixel[0] = p[0] * scale * point[0] + p[2];
  pixel[1] = p[1] * scale * point[1] + p[3];
  return true;
}

bool cartcal_project(const cartcal_camera *camera, const double point[3], double pixel[2]) {
  double found[2];
  if (camera->model == CARTCAL_NO_LENS) return false;
  if (!(camera->model == CARTCAL_KANNALA_BRANDT4 ? project_fisheye(camera, point, found)
                                                 : project_perspective(camera, point, found)) ||
      !isfinite(found[0]) || !isfinite(found[1])) {
    return false;
  }
  pixel[0] = found[0];
  pixel[1] = found[1];
  return true;
}

size_t cartcal_project_many(const cartcal_camera *camera, const double *points, size_t count,
                            double *pixels) {
  size_t seen = 0;
  for (size_t i = 0; i < count; i++) {
    if (cartcal_project(camera, points + 3 * i, pixels + 2 * i)) {
      seen++;
    } else {
      pixels[2 * i] = pixels[2 * i + 1] = NAN;
    }
  }
  return seen;
}

/* r with r g(r^2) = `distorted` below `limit`, or the limit where there is none: by bisection, then
 * Newton's method in the plane finishes it with the tangential terms. */
static double undistorted_radius(const double *k, double distorted, double limit) {
  double low = 0, high = limit;
  if (high * radial(k, high * high).factor < distorted) return high;
  for (int i = 0; i < 60; i++) {
    const double middle = 0.5 * (low + high);
    if (middle * radial(k, middle * middle).factor > distorted) high = middle; else low = middle;
  }
  return low;
}

static bool unproject_perspective(const cartcal_camera *camera, double u, double v,
                                  double *direction) {
  const double *k = camera->parameters + 4;
  const double target = sqrt(u * u + v * v);
  double a = 0, b = 0;
  if (target > 0) {
    const double scale = undistorted_radius(k, target, fmin(camera->limit, 1e4)) / target;
    a = u * scale;
    b = v * scale;
  }
  for (int i = 0; i < 50; i++) {
    const double s = a * a + b * b;
    const radial_factor f = radial(k, s);
    const double g = f.factor;
    const double eu = u - (a * g + 2 * k[2] * a * b + k[3] * (s + 2 * a * a));
    const double ev = v - (b * g + k[2] * (s + 2 * b * b) + 2 * k[3] * a * b);
    const double uu = g + 2 * (a * a * f.slope + k[2] * b + 3 * k[3] * a);
    const double uv = 2 * (a * b * f.slope + k[2] * a + k[3] * b);
    const double vv = g + 2 * (b * b * f.slope + 3 * k[2] * b + k[3] * a);
    const double determinant = uu * vv - uv * uv;
    if (!(determinant > 0)) return false;
    const double da = (eu * vv - ev * uv) / determinant, db = (ev * uu - eu * uv) / determinant;
    a += da;
    b += db;
    const double radius = sqrt(a * a + b * b);
    if (!isfinite(radius)) return false;
    const bool is_last = i == 49 && sqrt(eu * eu + ev * ev) <= 1e-12 * fmax(1, target);
    if (sqrt(da * da + db * db) <= 1e-14 * fmax(1, radius) || is_last) {
      if (!(radius < camera->limit) || !(radial(k, radius * radius).denominator > 0)) return false;
      const double length = sqrt(radius * radius + 1);
      direction[0] = a / length;
      direction[1] = b / length;
      direction[2] = 1 / length;
      return true;
    }
  }
  return false;
}

static bool unproject_fisheye(const cartcal_camera *camera, double u, double v, double *direction) {
  const double *k = camera->parameters + 4;
  const double d = sqrt(u * u + v * v);
  if (d == 0) {
    direction[0] = direction[1] = 0;
    direction[2] = 1;
    return true;
  }
  if (!(d < fisheye(k, camera->limit))) return false;
  double low = 0, high = camera->limit, t = fmin(d, 0.9 * camera->limit);
  for (int i = 0; i < 100; i++) {
    const double value = fisheye(k, t) - d;
    if (value > 0) high = t; else low = t;
    double next = t - value / fisheye_slope(k, t);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double step = fabs(next - t);
    t = next;
    if (step <= 1e-15 * fmax(1, t)) break;
  }
  direction[0] = u * sin(t) / d;
  direction[1] = v * sin(t) / d;
  direction[2] = cos(t);
  return true;
}

bool cartcal_unproject(const cartcal_camera *camera, const double pixel[2], double direction[3]) {
  const double *p = camera->parameters;
  if (camera->model == CARTCAL_NO_LENS) return false;
  const double u = (pixel[0] - p[2]) / p[0], v = (pixel[1] - p[3]) / p[1];
  if (!isfinite(u) || !isfinite(v) || !isfinite(u * u + v * v)) return false;
  return camera->model == CARTCAL_KANNALA_BRANDT4
             ? unproject_fisheye(camera, u, v, direction)
             : unproject_perspective(camera, u, v, direction);
}

void cartcal_transform(const cartcal_pose *a_from_b, const double b[3], double a[3]) {
  const double *r = a_from_b->rotation, *t = a_from_b->translation;
  const double x = b[0], y = b[1], z = b[2];
  for (int i = 0; i < 3; i++) a[i] = r[3 * i] * x + r[3 * i + 1] * y + r[3 * i + 2] * z + t[i];
}

void cartcal_transform_inverse(const cartcal_pose *a_from_b, const double a[3], double b[3]) {
  const double *r = a_from_b->rotation, *t = a_from_b->translation;
  const double x = a[0] - t[0], y = a[1] - t[1], z = a[2] - t[2];
  for (int i = 0; i < 3; i++) b[i] = r[i] * x + r[3 + i] * y + r[6 + i] * z;
}

cartcal_status cartcal_get_scale(const cartcal_bundle *bundle, cartcal_scale *scale) {
  memset(scale, 0, sizeof *scale);
  if (!bundle->has_scale) return CARTCAL_NOT_FOUND;
  const uint8_t *p = bundle->bytes + HEADER_SIZE + (size_t)bundle->camera_count * CAMERA_SIZE;
  scale->cell_count = u32(bundle->bytes + 108);
  scale->reference_temperature_c = real(p);
  scale->zero_temperature_c = real(p + 8);
  scale->gravity_m_s2 = real(p + 16);
  scale->force_scatter = real(p + 24);
  scale->mass_scatter_kg = real(p + 32);
  scale->cells = p + 8 * SCALE_REALS;
  scale->covariance = scale->cells + (size_t)8 * CELL_REALS * scale->cell_count;
  return CARTCAL_OK;
}

/* By a cell's parameters (gain, x, y, quadratic, span): derivatives of mass, x and y. */
typedef struct {
  double force, x, y;
  double by_signal, by_gain, by_quadratic, by_span;
} cell_force;

cartcal_status cartcal_weigh(const cartcal_scale *scale, const double *counts, double temperature_c,
                             const double tilt_rad[2], double gravity_m_s2,
                             const double *zero_counts, const double *zero_sigmas,
                             double zero_temperature_c, cartcal_reading *reading) {
  const uint32_t n = scale->cell_count;
  if (n == 0 || n > CARTCAL_MAX_CELLS) return CARTCAL_NOT_FOUND;
  const double gravity = gravity_m_s2 == 0 ? scale->gravity_m_s2 : gravity_m_s2;
  const double tilt_x = tilt_rad ? tilt_rad[0] : 0, tilt_y = tilt_rad ? tilt_rad[1] : 0;
  const bool own_zero = zero_counts == NULL || zero_sigmas == NULL;
  const double zero_temperature = own_zero ? scale->zero_temperature_c : zero_temperature_c;
  if (!(fabs(tilt_x) <= 0.5) || !(fabs(tilt_y) <= 0.5) || !(gravity > 0) || !isfinite(gravity) ||
      !isfinite(temperature_c) || !isfinite(zero_temperature)) {
    return CARTCAL_IMPOSSIBLE;
  }
  const double kelvin = temperature_c - scale->reference_temperature_c;
  cell_force cells[CARTCAL_MAX_CELLS];
  double variances[CARTCAL_MAX_CELLS];
  double total = 0, moment_x = 0, moment_y = 0;
  for (uint32_t i = 0; i < n; i++) {
    double c[CELL_REALS];
    const uint8_t *p = scale->cells + (size_t)8 * CELL_REALS * i;
    for (int j = 0; j < CELL_REALS; j++) c[j] = real(p + 8 * j);
    const double zero = own_zero ? c[6] : zero_counts[i];
    const double sigma = own_zero ? c[7] : zero_sigmas[i];
    if (!isfinite(counts[i]) || !isfinite(zero) || !isfinite(sigma)) return CARTCAL_IMPOSSIBLE;
    const double signal = counts[i] - zero - c[5] * (temperature_c - zero_temperature);
    const double linear = c[2] * signal, warm = 1 + c[4] * kelvin, curve = 1 + c[3] * linear;
    const double slope = (1 + 2 * c[3] * linear) * warm;
    cell_force *f = &cells[i];
    f->x = c[0];
    f->y = c[1];
    f->force = linear * curve * warm;
    f->by_signal = c[2] * slope;
    f->by_gain = signal * slope;
    f->by_quadratic = linear * linear * warm;
    f->by_span = linear * curve * kelvin;
    const double scatter = scale->force_scatter * f->force / f->by_signal;
    variances[i] = sigma * sigma + scatter * scatter;
    total += f->force;
    moment_x += f->force * f->x;
    moment_y += f->force * f->y;
  }
  const double press = cos(tilt_x) * cos(tilt_y) * gravity / scale->gravity_m_s2;
  const double x = moment_x / total, y = moment_y / total;
  double by_parameter[3][CARTCAL_MAX_CELLS * CELL_PARAMETERS];
  double by_signal[3][CARTCAL_MAX_CELLS];
  for (uint32_t i = 0; i < n; i++) {
    const cell_force *f = &cells[i];
    const double by_force[3] = {1 / press, (f->x - x) / total, (f->y - y) / total};
    for (int row = 0; row < 3; row++) {
      double *d = by_parameter[row] + CELL_PARAMETERS * i;
      d[0] = by_force[row] * f->by_gain;
      d[1] = row == 1 ? f->force / total : 0;
      d[2] = row == 2 ? f->force / total : 0;
      d[3] = by_force[row] * f->by_quadratic;
      d[4] = by_force[row] * f->by_span;
      by_signal[row][i] = by_force[row] * f->by_signal;
    }
  }
  const size_t side = (size_t)n * CELL_PARAMETERS;
  for (int row = 0; row < 3; row++) {
    double product[CARTCAL_MAX_CELLS * CELL_PARAMETERS];
    for (size_t b = 0; b < side; b++) {
      double sum = 0;
      for (size_t a = 0; a < side; a++) {
        sum += by_parameter[row][a] * real(scale->covariance + 8 * (a * side + b));
      }
      product[b] = sum;
    }
    for (int column = 0; column < 3; column++) {
      double sum = 0;
      for (size_t b = 0; b < side; b++) sum += product[b] * by_parameter[column][b];
      for (uint32_t i = 0; i < n; i++) sum += by_signal[row][i] * variances[i] * by_signal[column][i];
      reading->covariance[3 * row + column] = sum;
    }
  }
  reading->mass_kg = total / press;
  reading->x_m = x;
  reading->y_m = y;
  const double shared = scale->mass_scatter_kg * reading->mass_kg / (fabs(reading->mass_kg) + 10);
  reading->covariance[0] += shared * shared;
  return CARTCAL_OK;
}
